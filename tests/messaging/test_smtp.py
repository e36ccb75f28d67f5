"""What the mail server answers decides whether a message waits, is given up, or needs a person."""

import pytest
from django.utils import timezone
from pytest_django import Settings

from clinic.messaging.delivery import deliver_due
from clinic.messaging.enums import MessageStatus
from clinic.messaging.models import Message
from tests.messaging.conftest import Queue
from tests.messaging.postoffice import HANG_UP, NEVER, PostOffice

pytestmark = pytest.mark.django_db


def deliver_one(queue: Queue) -> Message:
    message = queue()
    deliver_due()
    message.refresh_from_db()
    return message


def test_a_mail_leaves_by_smtp_whole(confirmation: Queue, post_office: PostOffice) -> None:
    message = deliver_one(confirmation)

    [letter] = post_office.letters
    assert message.status == MessageStatus.SENT
    assert f"Message-ID: {message.provider_id}".encode() in letter
    assert f"To: {message.recipient}".encode() in letter


@pytest.mark.parametrize(
    ("verb", "reply", "noted"),
    [
        ("RCPT", "550 5.1.1 No such mailbox", "SMTPRecipientsRefused: 550 5.1.1 No such mailbox"),
        ("MAIL", "553 5.7.1 Sender refused", "SMTPSenderRefused: 553 5.7.1 Sender refused"),
        (".", "554 5.7.1 Looks like spam", "SMTPDataError: 554 5.7.1 Looks like spam"),
    ],
)
def test_a_final_refusal_is_given_up_at_once(
    confirmation: Queue, post_office: PostOffice, verb: str, reply: str, noted: str
) -> None:
    post_office.replies = {verb: reply}

    message = deliver_one(confirmation)

    assert message.status == MessageStatus.DEAD
    assert message.last_error == noted


@pytest.mark.parametrize(
    ("verb", "reply"),
    [
        ("RCPT", "451 4.7.1 Greylisted, come back later"),
        ("MAIL", "421 4.3.2 Closing"),
        ("DATA", "452 4.3.1 Disk full"),
        (".", "451 4.3.0 Not now"),
        ("EHLO", HANG_UP),
        ("MAIL", HANG_UP),
        ("EHLO", NEVER),
        ("RCPT", NEVER),
    ],
)
def test_a_passing_fault_is_tried_again_later(
    confirmation: Queue, post_office: PostOffice, settings: Settings, verb: str, reply: str
) -> None:
    post_office.replies = {verb: reply}
    settings.EMAIL_TIMEOUT = 1 if reply == NEVER else 5

    message = deliver_one(confirmation)

    assert message.status == MessageStatus.PENDING
    assert message.due_at > timezone.now()
    assert message.last_error


def test_a_greylisted_mail_arrives_once_when_it_comes_back(confirmation: Queue, post_office: PostOffice) -> None:
    post_office.replies = {"RCPT": ["451 4.7.1 Greylisted"]}
    message = deliver_one(confirmation)
    Message.objects.update(due_at=timezone.now())

    deliver_due()

    message.refresh_from_db()
    assert message.status == MessageStatus.SENT
    assert message.attempts == 2
    assert message.last_error == ""
    assert len(post_office.letters) == 1


def test_a_server_that_is_not_there_means_later(confirmation: Queue, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "clinic.messaging.smtp.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    message = deliver_one(confirmation)

    assert message.status == MessageStatus.PENDING
    assert message.last_error.startswith("ConnectionRefusedError")


@pytest.mark.parametrize("reply", [HANG_UP, NEVER])
def test_a_line_that_breaks_after_the_text_leaves_the_message_unconfirmed(
    confirmation: Queue, post_office: PostOffice, settings: Settings, reply: str
) -> None:
    post_office.replies = {".": reply}
    settings.EMAIL_TIMEOUT = 1

    message = deliver_one(confirmation)
    deliver_due()

    message.refresh_from_db()
    assert message.status == MessageStatus.UNCONFIRMED
    assert message.last_error.startswith("Unanswered")
    assert len(post_office.letters) == 1


def test_a_server_that_hangs_up_without_a_good_bye_has_taken_the_mail(
    confirmation: Queue, post_office: PostOffice
) -> None:
    post_office.replies = {"QUIT": HANG_UP}

    assert deliver_one(confirmation).status == MessageStatus.SENT


def test_one_address_that_is_refused_stops_no_other(confirmation: Queue, post_office: PostOffice) -> None:
    post_office.replies = {"RCPT": ["550 5.1.1 No such mailbox"]}
    refused, taken = confirmation(), confirmation()

    deliver_due()

    refused.refresh_from_db()
    taken.refresh_from_db()
    assert refused.status == MessageStatus.DEAD
    assert taken.status == MessageStatus.SENT


def test_a_server_that_never_answers_holds_nobody_up(
    confirmation: Queue, post_office: PostOffice, settings: Settings
) -> None:
    post_office.replies = {".": [NEVER]}
    settings.EMAIL_TIMEOUT = 1
    slow, next_one = confirmation(), confirmation()

    deliver_due()

    slow.refresh_from_db()
    next_one.refresh_from_db()
    assert (slow.status, next_one.status) == (MessageStatus.UNCONFIRMED, MessageStatus.SENT)
