"""What the worker does with each message."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone

from clinic.messaging import delivery
from clinic.messaging.delivery import claim_next, deliver, deliver_due
from clinic.messaging.enums import MessageStatus
from clinic.messaging.models import Message
from clinic.scheduling.enums import AppointmentStatus
from tests.factories.scheduling import rewrite
from tests.messaging.conftest import Queue

pytestmark = pytest.mark.django_db


def test_a_due_message_is_sent_and_noted(confirmation: Queue) -> None:
    message = confirmation()

    assert deliver_due() == 1

    [letter] = mail.outbox
    message.refresh_from_db()
    assert letter.to == [message.recipient]
    assert message.status == MessageStatus.SENT
    assert message.sent_at
    assert message.attempts == 1
    assert message.claimed_until is None
    assert message.provider_id == letter.extra_headers["Message-ID"] == f"<{message.reference.lower()}@localhost>"


def test_a_sent_message_is_never_sent_again(confirmation: Queue) -> None:
    confirmation()
    deliver_due()

    assert deliver_due() == 0
    assert len(mail.outbox) == 1


def test_a_message_waits_until_it_is_due(confirmation: Queue) -> None:
    Message.objects.filter(pk=confirmation().pk).update(due_at=timezone.now() + timedelta(minutes=1))

    assert deliver_due() == 0
    assert mail.outbox == []


def test_a_cancelled_visit_is_never_confirmed(confirmation: Queue) -> None:
    message = confirmation()
    rewrite(status=AppointmentStatus.CANCELLED)

    deliver_due()

    message.refresh_from_db()
    assert mail.outbox == []
    assert message.status == MessageStatus.SKIPPED


def test_a_visit_that_changed_meanwhile_is_not_confirmed_as_it_was(confirmation: Queue) -> None:
    message = confirmation()
    rewrite(revision=1)

    deliver_due()

    message.refresh_from_db()
    assert mail.outbox == []
    assert message.status == MessageStatus.SKIPPED


def test_a_visit_that_is_over_is_not_confirmed(confirmation: Queue) -> None:
    confirmation(starts_at=timezone.now() - timedelta(hours=3))

    deliver_due()

    assert mail.outbox == []


def test_one_message_that_cannot_be_written_stops_no_other(confirmation: Queue, poison: str) -> None:
    bad = confirmation()
    Message.objects.filter(pk=bad.pk).update(kind=poison)
    good = confirmation()

    assert deliver_due() == 2

    bad.refresh_from_db()
    good.refresh_from_db()
    assert good.status == MessageStatus.SENT
    assert bad.status == MessageStatus.PENDING
    assert bad.last_error == "ZeroDivisionError: no text"
    assert bad.due_at > timezone.now() + timedelta(seconds=25)


def test_a_kind_that_this_worker_does_not_know_yet_waits(confirmation: Queue) -> None:
    message = confirmation()
    Message.objects.update(kind="from_a_newer_release")

    deliver_due()

    message.refresh_from_db()
    assert message.status == MessageStatus.PENDING
    assert "from_a_newer_release" in message.last_error


def test_a_message_is_given_up_after_ten_attempts(confirmation: Queue, poison: str) -> None:
    message = confirmation()
    Message.objects.update(kind=poison, attempts=delivery.MAX_ATTEMPTS - 1)

    deliver_due()

    message.refresh_from_db()
    assert message.attempts == 10
    assert message.status == MessageStatus.DEAD


def test_an_address_that_no_mail_can_have_is_given_up_at_once(confirmation: Queue) -> None:
    message = confirmation(contact_email="layla at home")

    deliver_due()

    message.refresh_from_db()
    assert mail.outbox == []
    assert message.status == MessageStatus.DEAD
    assert message.last_error == "Undeliverable: The address is not one that mail can have."


def test_a_mail_folder_that_cannot_be_written_means_later(confirmation: Queue, mail_folder: Path) -> None:
    message = confirmation()
    mail_folder.rmdir()
    mail_folder.write_text("in the way")

    deliver_due()

    message.refresh_from_db()
    assert message.status == MessageStatus.PENDING
    assert message.last_error.startswith("FileExistsError")


@pytest.mark.parametrize(("attempts", "longest"), [(1, 60), (2, 120), (6, 1920), (7, 3600), (10, 3600)])
def test_the_pause_doubles_up_to_an_hour_and_is_spread(attempts: int, longest: int) -> None:
    pauses = [delivery.pause(attempts).total_seconds() for _ in range(50)]

    assert all(longest / 2 <= pause <= longest for pause in pauses)
    assert len(set(pauses)) > 1


def test_a_claim_whose_worker_never_reported_back_is_perhaps_sent(confirmation: Queue) -> None:
    message = confirmation()
    claimed = claim_next()
    assert claimed
    Message.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))

    assert deliver_due() == 0

    message.refresh_from_db()
    assert mail.outbox == []
    assert message.status == MessageStatus.UNCONFIRMED


def test_a_slow_worker_that_reports_late_is_believed(confirmation: Queue) -> None:
    message = claim_next() if confirmation() else None
    assert message
    Message.objects.update(status=MessageStatus.UNCONFIRMED)

    deliver(message)

    message.refresh_from_db()
    assert message.status == MessageStatus.SENT


def test_a_worker_whose_message_staff_took_in_hand_notes_nothing(confirmation: Queue) -> None:
    message = claim_next() if confirmation() else None
    assert message
    Message.objects.update(status=MessageStatus.DISCARDED, claimed_until=None)

    deliver(message)

    message.refresh_from_db()
    assert message.status == MessageStatus.DISCARDED


def test_a_run_ends_in_time_and_leaves_the_rest_for_the_next(confirmation: Queue) -> None:
    confirmation()

    assert deliver_due(round_seconds=0) == 0
    assert Message.objects.get().status == MessageStatus.PENDING
