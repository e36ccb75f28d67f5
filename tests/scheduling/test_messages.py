"""What visitors read about their visit."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar

from clinic.directory.hijri import hijri_days
from clinic.messaging.delivery import deliver_due
from clinic.messaging.enums import MessageStatus
from clinic.messaging.models import Message
from clinic.scheduling.actions import cancel_appointment
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.links import cancel_token, view_token
from clinic.scheduling.messages import queue_booked, queue_cancelled, queue_moved
from clinic.scheduling.models import Appointment
from tests.directory.hijri import show_hijri
from tests.factories.directory import LocationFactory, PractitionerFactory, ServiceFactory
from tests.factories.scheduling import AppointmentFactory

pytestmark = pytest.mark.django_db
ISOLATES = re.compile("[\u2066-\u2069]")


def visit(**changes: Any) -> Appointment:
    """In two days or a little more, at 14:30 on the wall clock of Amman (UTC+3)."""
    day = timezone.now().astimezone(UTC).date() + timedelta(days=3)
    values = {
        "starts_at": datetime(day.year, day.month, day.day, 11, 30, tzinfo=UTC),
        "location": LocationFactory(name_en="Iyada Amman", name_ar="عيادة عمّان", phone="+96265550100"),
        "service": ServiceFactory(name_en="Skin check", name_ar="فحص الجلد", preparation_en="Come <early>."),
        "practitioner": PractitionerFactory(name_en="Dr. Salma Nasser", name_ar="د. سلمى ناصر"),
        "contact_name": "Layla Haddad",
        **changes,
    }
    return AppointmentFactory(**values)


def booked_mail(appointment: Appointment) -> tuple[EmailMultiAlternatives, str, str]:
    """The mail that confirms the visit, its text without isolates, and its HTML."""
    assert queue_booked(appointment)
    deliver_due()
    return last_mail()


def last_mail() -> tuple[EmailMultiAlternatives, str, str]:
    letter = cast("EmailMultiAlternatives", mail.outbox[-1])
    return letter, ISOLATES.sub("", str(letter.body)), str(letter.alternatives[0][0])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_confirmation_says_what_where_when_and_how(language: str) -> None:
    appointment = visit(language=language)
    names = {"en": ("Skin check", "Dr. Salma Nasser", "Iyada Amman"), "ar": ("فحص الجلد", "د. سلمى ناصر", "عيادة عمّان")}

    letter, text, html = booked_mail(appointment)

    day = appointment.starts_at
    for part in (text, html):
        for fact in (*names[language], appointment.spoken_reference, "+962 6 555 0100", str(day.day), str(day.year)):
            assert fact in part
        assert f"http://localhost:8000/{language}/book/visit/{view_token(appointment)}/" in part
        assert f"http://localhost:8000/{language}/book/cancel/{cancel_token(appointment)}/" in part
    assert 'href="tel:+96265550100"' in html
    assert letter.to == [appointment.contact_email]


def test_english_times_read_as_english_people_write_them() -> None:
    appointment = visit()

    letter, text, _ = booked_mail(appointment)

    starts = appointment.starts_at
    day = f"{starts:%A} {starts.day} {starts:%B} {starts.year}"
    assert letter.subject == f"Your visit on {day} at 14:30 is booked"
    assert f"{day}\nfrom 14:30 to 15:00, local time in Amman" in text


def test_arabic_mail_is_arabic_and_runs_from_right_to_left() -> None:
    appointment = visit(language="ar")

    letter, text, html = booked_mail(appointment)

    assert '<html lang="ar" dir="rtl">' in html
    assert html.count('dir="rtl"') == 3
    assert letter.extra_headers["Content-Language"] == "ar"
    weekday = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"][appointment.starts_at.weekday()]
    assert f"{weekday}، {appointment.starts_at.day} " in letter.subject
    assert f"{weekday}، {appointment.starts_at.day} " in text


@pytest.mark.parametrize(("language", "era"), [("en", "AH"), ("ar", "هـ")])
def test_where_the_clinic_asks_for_it_the_day_is_told_by_the_hijri_calendar_too(language: str, era: str) -> None:
    _letter, text, html = booked_mail(visit(language=language))
    assert f" {era}\n" not in text
    assert f" {era}</bdi>" not in html
    show_hijri()

    with override(language):
        appointment = visit(language=language)
        day = hijri_days(appointment.starts_at.date())
    _letter, text, html = booked_mail(appointment)

    assert day.endswith(era)
    assert f" · {day}\n" in text
    assert f"<bdi>{day}</bdi>" in html


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_could_flip_in_a_line_of_the_other_direction_is_isolated(language: str) -> None:
    appointment = visit(language=language)

    letter, _, html = booked_mail(appointment)

    assert "\u206614:30\u2069" in letter.body
    assert '<bdi dir="ltr">14:30</bdi>' in html
    assert "\u2066+962 6 555 0100\u2069" in letter.body
    assert f"\u2066{appointment.spoken_reference}\u2069" in letter.body
    assert '<bdi dir="ltr">+962 6 555 0100</bdi>' in html
    assert re.search(rf'<bdi dir="ltr"[^>]*>{appointment.spoken_reference}</bdi>', html)
    assert html.count("<bdi") >= 10


def test_what_was_typed_is_shown_as_text() -> None:
    _, text, html = booked_mail(visit(contact_name="Layla <b>O'Neill<b>"))

    assert "Layla <b>O'Neill<b>" in text
    assert "Layla &lt;b&gt;O&#x27;Neill&lt;b&gt;" in html
    assert "Come <early>." in text
    assert "Come &lt;early&gt;." in html


@pytest.mark.parametrize("name", ["Win at casino.example", "http://evil.example", "mail me@evil.example", "a/b"])
def test_a_name_that_is_an_address_is_not_repeated_to_strangers(name: str) -> None:
    _, text, html = booked_mail(visit(contact_name=name))

    assert name not in text
    assert name not in html
    assert text.startswith("Hello,\n")


def test_the_confirmation_brings_an_invitation() -> None:
    appointment = visit(revision=2)

    letter, _, _ = booked_mail(appointment)

    [file] = letter.attachments
    assert (file.filename, file.mimetype) == ("visit.ics", "application/ics")
    [event] = Calendar.from_ical(file.content).walk("VEVENT")
    assert event["SEQUENCE"] == 2
    parts = {part.get_content_type(): part for part in letter.message().walk()}
    assert parts["text/calendar"].get_param("method") == "REQUEST"
    assert parts["text/calendar"].get_content_charset() == "utf-8"
    assert parts["application/ics"].get_payload(decode=True) == file.content


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_cancellation_says_so_and_takes_the_calendar_entry_back(language: str) -> None:
    appointment = visit(language=language, status=AppointmentStatus.CANCELLED, revision=1)
    assert queue_cancelled(appointment)

    deliver_due()

    letter, text, html = last_mail()
    for part in (text, html):
        assert appointment.spoken_reference in part
        assert f"/{language}/book/" in part
        assert cancel_token(appointment) not in part
    assert b"METHOD:CANCEL" in letter.attachments[0].content
    # A line through Arabic letters makes them hard to read.
    assert ("line-through" in html) is (language == "en")


def test_a_visit_that_is_booked_and_cancelled_at_once_is_only_told_cancelled() -> None:
    appointment = visit()
    queue_booked(appointment)
    cancel_appointment(appointment=appointment, by=None)

    deliver_due()

    assert ["cancelled" in letter.subject for letter in mail.outbox] == [True]


def test_nobody_without_an_address_is_written_to() -> None:
    assert queue_booked(visit(contact_email="")) is None
    assert queue_cancelled(visit(contact_email="")) is None
    assert not Message.objects.exists()


def test_the_same_booking_is_confirmed_once() -> None:
    appointment = visit()

    assert queue_booked(appointment)
    assert queue_booked(appointment) is None


def test_the_note_for_the_clinic_does_not_travel() -> None:
    _, text, html = booked_mail(visit(note="It itches"))

    assert "It itches" not in text + html


def moved_mail(appointment: Appointment, hours: int) -> int:
    """How many mails leave when the visit is moved by so many hours."""
    Appointment.objects.filter(pk=appointment.pk).update(
        starts_at=F("starts_at") + timedelta(hours=hours),
        ends_at=F("ends_at") + timedelta(hours=hours),
        revision=F("revision") + 1,
    )
    appointment.refresh_from_db()
    queue_moved(appointment)
    before = len(mail.outbox)
    deliver_due()
    return len(mail.outbox) - before


def test_a_visit_that_went_and_came_back_before_anybody_was_told_is_not_told_again() -> None:
    appointment = visit()
    booked_mail(appointment)

    appointment.revision += 1  # moved away, and back before the mail could leave
    Appointment.objects.filter(pk=appointment.pk).update(revision=appointment.revision)
    queue_moved(appointment)
    assert moved_mail(appointment, 0) == 0

    statuses = Message.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == [MessageStatus.SENT, MessageStatus.SKIPPED, MessageStatus.SKIPPED]


def test_a_visit_that_goes_and_comes_back_slowly_is_told_both_times() -> None:
    appointment = visit()
    booked_mail(appointment)
    assert [moved_mail(appointment, hours) for hours in (2, -2)] == [1, 1]


@pytest.mark.parametrize("status", [MessageStatus.UNCONFIRMED, MessageStatus.SENDING, MessageStatus.DISCARDED])
def test_who_has_perhaps_heard_of_another_time_is_told_that_the_old_one_holds_again(status: MessageStatus) -> None:
    appointment = visit()
    booked_mail(appointment)
    Message.objects.filter(pk=another_message(appointment).pk).update(status=status)
    assert moved_mail(appointment, 0) == 1


def test_who_was_asked_for_another_time_is_told_that_the_old_one_holds_again() -> None:
    appointment = visit()
    booked_mail(appointment)
    another_message(appointment, kind="appointment_displaced")
    assert moved_mail(appointment, 0) == 1


def test_a_new_address_is_told_what_the_old_one_knew() -> None:
    appointment = visit()
    booked_mail(appointment)
    Appointment.objects.filter(pk=appointment.pk).update(contact_email="rana@patients.example")
    assert moved_mail(appointment, 0) == 1


def another_message(appointment: Appointment, *, kind: str = "appointment_moved") -> Message:
    """One that has left after the others."""
    return Message.objects.create(
        kind=kind,
        subject_type="appointment",
        subject=appointment.reference,
        rule="another",
        revision=0,
        recipient=appointment.contact_email,
        language="en",
        status=MessageStatus.SENT,
        sent_at=timezone.now(),
    )
