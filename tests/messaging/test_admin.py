"""The outbox and the kept mail in the back office, and who sees them."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.mail import EmailMessage, send_mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from clinic.accounts.models import User
from clinic.audit.models import AuditEvent
from clinic.messaging.delivery import deliver_due
from clinic.messaging.enums import MessageStatus
from clinic.messaging.models import Message
from tests.messaging.conftest import Queue

pytestmark = pytest.mark.django_db


def signed_in(*codenames: str) -> Client:
    """A browser of somebody on the staff who holds these permissions and no other."""
    person = User.objects.create_user("-".join(codenames) or "nobody", password="unused")
    person.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def reader() -> Client:
    return signed_in("view_message")


@pytest.fixture
def keeper() -> Client:
    return signed_in("view_message", "change_message")


@pytest.fixture
def kept_mail(confirmation: Queue, mail_folder: Path) -> str:
    """The name of a mail that was kept."""
    confirmation(language="ar", contact_name="ليلى <script>alert(1)<script>")
    deliver_due()
    [file] = mail_folder.glob("*.eml")
    return file.stem


def stuck(message: Message, status: MessageStatus = MessageStatus.DEAD) -> Message:
    Message.objects.filter(pk=message.pk).update(status=status, last_error="SMTPDataError: 554 Looks like spam")
    return message


def test_the_outbox_shows_each_message_and_where_it_stands(reader: Client, confirmation: Queue) -> None:
    waiting, dead = confirmation(), stuck(confirmation())

    page = reader.get(reverse("outbox:index")).content.decode()

    assert waiting.recipient in page
    assert dead.recipient in page
    assert "Given up" in page
    assert "Send again" not in page


def test_the_list_asks_the_same_number_of_queries_for_one_message_and_for_three(
    reader: Client, confirmation: Queue, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reader.get(reverse("outbox:index"))  # what Wagtail remembers for the process
    for _ in range(3):
        confirmation()
        with django_assert_num_queries(10):
            reader.get(reverse("outbox:index"))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"status": "dead"}, {"dead"}),
        ({"status": ["dead", "pending"]}, {"dead", "arabic"}),
        ({"language": "ar"}, {"arabic"}),
        ({"kind": "appointment_cancelled"}, set()),
        ({"q": "dead@"}, {"dead"}),
    ],
)
def test_the_outbox_is_filtered(reader: Client, confirmation: Queue, query: dict[str, Any], shown: set[str]) -> None:
    stuck(confirmation(contact_email="dead@patients.example"))
    confirmation(contact_email="arabic@patients.example", language="ar")

    page = reader.get(reverse("outbox:index"), query).content.decode()

    assert {name for name in ("dead", "arabic") if f"{name}@patients.example" in page} == shown


def test_a_message_is_found_by_the_reference_that_a_caller_reads_out(reader: Client, confirmation: Queue) -> None:
    message, other = confirmation(), confirmation()
    typed = f"{message.subject[:5]}-{message.subject[5:]}".lower()

    page = reader.get(reverse("outbox:index"), {"q": typed}).content.decode()

    assert message.recipient in page
    assert other.recipient not in page


def test_a_page_tells_all_about_one_message(reader: Client, confirmation: Queue) -> None:
    message = stuck(confirmation())

    page = reader.get(reverse("outbox:message", args=[message.reference])).content.decode()

    assert "554 Looks like spam" in page
    assert "could not be sent" in page
    assert "Send again" not in page


@pytest.mark.parametrize(("route", "status"), [("retry", MessageStatus.PENDING), ("discard", MessageStatus.DISCARDED)])
def test_staff_decide_about_a_stuck_message(
    keeper: Client, confirmation: Queue, route: str, status: MessageStatus
) -> None:
    message = stuck(confirmation(), MessageStatus.UNCONFIRMED)
    assert "Send again" in keeper.get(reverse("outbox:message", args=[message.reference])).content.decode()
    assert "Send again" in keeper.get(reverse("outbox:index")).content.decode()

    answer = keeper.post(reverse(f"outbox:{route}", args=[message.reference]))

    message.refresh_from_db()
    assert answer.status_code == 302
    assert message.status == status
    assert AuditEvent.objects.get().actor_name == "view_message-change_message"


def test_a_decision_that_comes_too_late_is_explained(keeper: Client, confirmation: Queue) -> None:
    message = confirmation()

    page = keeper.post(reverse("outbox:retry", args=[message.reference]), follow=True).content.decode()

    assert "somebody else has dealt with it" in page
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("route", ["retry", "discard"])
def test_a_decision_is_never_taken_by_following_a_link(keeper: Client, confirmation: Queue, route: str) -> None:
    message = stuck(confirmation())

    assert keeper.get(reverse(f"outbox:{route}", args=[message.reference])).status_code == 405
    message.refresh_from_db()
    assert message.status == MessageStatus.DEAD


@pytest.mark.parametrize("codenames", [(), ("view_message",), ("view_sent_mail",)])
@pytest.mark.parametrize("route", ["retry", "discard"])
def test_who_may_not_change_messages_decides_nothing(
    confirmation: Queue, codenames: tuple[str, ...], route: str
) -> None:
    message = stuck(confirmation())

    answer = signed_in(*codenames).post(reverse(f"outbox:{route}", args=[message.reference]))

    message.refresh_from_db()
    assert answer.status_code == 302
    assert message.status == MessageStatus.DEAD
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("codenames", [(), ("view_sent_mail",)])
def test_who_may_not_see_messages_sees_none(confirmation: Queue, codenames: tuple[str, ...]) -> None:
    message, client = confirmation(), signed_in(*codenames)

    for address in (
        reverse("outbox:index"),
        reverse("outbox:index_results"),
        reverse("outbox:message", args=[message.reference]),
    ):
        answer = client.get(address)
        assert answer.status_code == 302
        assert message.recipient not in answer.content.decode()


def test_messages_are_neither_added_nor_edited_nor_removed_by_hand(confirmation: Queue) -> None:
    message = confirmation()
    director = User.objects.create_superuser("director")
    client = Client()
    client.force_login(director)

    page = client.get(reverse("outbox:index")).content.decode()

    assert "/admin/outbox/new/" not in page
    for path in ("new/", f"edit/{message.pk}/", f"delete/{message.pk}/", f"history/{message.pk}/", f"{message.pk}/"):
        assert client.get(f"/admin/outbox/{path}", follow=True).status_code == 404


def test_administrators_read_the_mail_that_is_kept(kept_mail: str) -> None:
    client = signed_in("view_sent_mail")

    listed = client.get(reverse("sent_mail:index")).content.decode()
    page = client.get(reverse("sent_mail:mail", args=[kept_mail])).content.decode()

    assert reverse("sent_mail:mail", args=[kept_mail]) in listed
    assert Message.objects.get().recipient in listed
    assert "visit.ics" in page
    assert "+962 6 555 0100" in page


def test_a_kept_mail_can_do_nothing_to_the_page_around_it(kept_mail: str) -> None:
    page = signed_in("view_sent_mail").get(reverse("sent_mail:mail", args=[kept_mail])).content.decode()

    assert '<iframe class="messaging-mail" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="' in page
    assert "<script>alert" not in page
    # Escaped once by the mail and once more by the attribute.
    assert "&amp;lt;script&amp;gt;alert(1)" in page


def test_an_enclosure_is_downloaded_and_never_run(kept_mail: str) -> None:
    answer = signed_in("view_sent_mail").get(reverse("sent_mail:enclosure", args=[kept_mail, 1]))

    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="visit.ics"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_name_of_an_enclosure_forges_no_header(mail_folder: Path) -> None:
    letter = EmailMessage("Hello", "Hello", to=["layla@patients.example"])
    letter.attach('a"; b\t.html', b"<b>", "application/pdf")
    letter.send()
    [file] = mail_folder.glob("*.eml")

    answer = signed_in("view_sent_mail").get(reverse("sent_mail:enclosure", args=[file.stem, 1]))

    assert answer["Content-Disposition"].count('"') == 2
    assert ";" not in answer["Content-Disposition"].partition(";")[2]


@pytest.mark.parametrize("codenames", [(), ("view_message", "change_message")])
def test_nobody_else_reads_the_mail_that_is_kept(kept_mail: str, codenames: tuple[str, ...]) -> None:
    client = signed_in(*codenames)

    for address in (
        reverse("sent_mail:index"),
        reverse("sent_mail:mail", args=[kept_mail]),
        reverse("sent_mail:enclosure", args=[kept_mail, 1]),
    ):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    "name", ["secrets", "%2e%2e", "20261122T143000123456Z-K7QMW4TZDH", "20261122T143000123456Z-" + "I" * 10]
)
def test_only_kept_mail_is_shown(mail_folder: Path, name: str) -> None:
    (mail_folder / "secrets.eml").write_text("Subject: secret\n\nsecret")

    client = signed_in("view_sent_mail")

    assert client.get(f"/admin/sent-mail/{name}/", follow=True).status_code == 404
    assert b"secret" not in client.get("/admin/sent-mail/").content


def test_an_enclosure_that_is_not_there_is_not_found(kept_mail: str) -> None:
    client = signed_in("view_sent_mail")

    for number in (0, 2, 99):
        assert client.get(reverse("sent_mail:enclosure", args=[kept_mail, number]), follow=True).status_code == 404


def test_where_mail_really_leaves_there_is_no_kept_mail(kept_mail: str, settings: Settings) -> None:
    client = signed_in("view_sent_mail")
    assert "/admin/sent-mail/" in client.get("/admin/").content.decode()
    settings.EMAIL_BACKEND = "clinic.messaging.smtp.SmtpBackend"

    assert client.get(reverse("sent_mail:index"), follow=True).status_code == 404
    assert "/admin/sent-mail/" not in client.get("/admin/").content.decode()


def test_many_kept_mails_come_in_pages_the_newest_first(mail_folder: Path) -> None:
    for number in range(31):
        send_mail(f"Letter {number:02}", "", None, ["layla@patients.example"])
    client = signed_in("view_sent_mail")

    first = client.get(reverse("sent_mail:index")).content.decode()
    second = client.get(reverse("sent_mail:index"), {"p": 2}).content.decode()

    assert "Letter 30" in first
    assert "Letter 00" not in first
    assert "Letter 00" in second
    assert "Letter 30" not in second
