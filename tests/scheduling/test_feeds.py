"""A practitioner's visits in the calendar of their phone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from clinic.accounts.enums import Role
from clinic.accounts.models import User
from clinic.audit.models import AuditEvent
from clinic.directory.models import Practitioner
from clinic.scheduling.actions import cancel_appointment, move_appointment
from clinic.scheduling.actions.feeds import close_feed, open_feed, show_names
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.feeds import feed_of, feed_token, feed_url
from clinic.scheduling.models import CalendarFeed
from tests.accounts.cast import person
from tests.factories.directory import LocationFactory, PractitionerFactory, ServiceFactory, WorkingHoursFactory
from tests.factories.feeds import CalendarFeedFactory
from tests.factories.patients import PatientFactory
from tests.factories.scheduling import AppointmentFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_a_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.lib.clock.now", lambda: NOW)


@pytest.fixture
def salma() -> User:
    return person("salma", role=Role.CLINICIAN)


@pytest.fixture
def doctor(salma: User) -> Practitioner:
    return PractitionerFactory(name_en="Dr. Salma Odeh", name_ar="د. سلمى عودة", user=salma)


def visit(doctor: Practitioner, **values: Any) -> Any:
    return AppointmentFactory(
        practitioner=doctor,
        service=ServiceFactory(name_en="Skin check", name_ar="فحص الجلد", step=15, notice=0),
        location=LocationFactory(name_en="Amman branch", name_ar="فرع عمّان"),
        patient=PatientFactory(name_en="Layla Haddad", name_ar="ليلى حداد"),
        **{"starts_at": NOW + timedelta(days=1), "note": "It itches", **values},
    )


def address(feed: CalendarFeed, language: str = "en") -> str:
    return f"/{language}/calendars/{feed_token(feed)}/visits.ics"


def entries(client: Client, feed: CalendarFeed, language: str = "en") -> list[Any]:
    answer = client.get(address(feed, language))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content).walk("VEVENT")


@pytest.mark.parametrize(("language", "words"), [("en", ("Skin check", "Amman")), ("ar", ("فحص الجلد", "عمّان"))])
def test_the_calendar_holds_the_visits_in_either_language(
    client: Client, salma: User, doctor: Practitioner, language: str, words: tuple[str, str]
) -> None:
    appointment = visit(doctor, revision=2)
    feed = open_feed(user=salma, shows_names=False, by=salma)

    [event] = entries(client, feed, language)

    assert (event["SUMMARY"], event["SEQUENCE"], event["CLASS"]) == (words[0], 2, "PRIVATE")
    assert event.decoded("DTSTART") == appointment.starts_at
    assert event.decoded("DTEND") == appointment.ends_at
    assert words[1] in event["LOCATION"]
    assert appointment.spoken_reference in event["DESCRIPTION"]
    assert feed_url(feed, language).endswith(address(feed, language))


def test_no_patient_is_named_unless_the_practitioner_chooses_so(
    client: Client, salma: User, doctor: Practitioner
) -> None:
    appointment = visit(doctor, contact_phone="+962791234567", contact_email="layla@patients.example")
    feed = open_feed(user=salma, shows_names=False, by=salma)

    without = client.get(address(feed)).text
    show_names(user=salma, shows_names=True, by=salma)
    named, in_arabic = client.get(address(feed)).text, client.get(address(feed, "ar")).text

    for private in ("Layla", "ليلى", "96279", "patients.example", "It itches"):
        assert private not in without
    assert "Skin check: Layla Haddad" in named
    assert "ليلى حداد" in in_arabic
    for private in (appointment.contact_phone, appointment.contact_email, "It itches"):
        assert private not in named


def test_the_calendar_shows_the_practitioners_own_visits_that_hold_their_time(
    client: Client, salma: User, doctor: Practitioner
) -> None:
    feed = open_feed(user=salma, shows_names=False, by=salma)
    visit(PractitionerFactory())
    visit(doctor, status=AppointmentStatus.CANCELLED)
    visit(doctor, starts_at=NOW - timedelta(days=32))
    visit(doctor, starts_at=NOW + timedelta(days=181))
    shown = visit(doctor)
    asked = visit(
        doctor, starts_at=NOW + timedelta(days=2), status=AppointmentStatus.PENDING, approve_by=NOW + timedelta(days=1)
    )

    found = {event["UID"].split(".")[0]: event["STATUS"] for event in entries(client, feed)}

    assert found == {shown.reference: "CONFIRMED", asked.reference: "TENTATIVE"}


def test_a_visit_that_moves_moves_its_entry_and_a_cancelled_one_takes_it_away(
    client: Client, salma: User, doctor: Practitioner
) -> None:
    appointment = visit(doctor)
    doctor.services.add(appointment.service)
    doctor.save()
    for weekday in range(1, 8):
        WorkingHoursFactory(practitioner=doctor, location=appointment.location, weekday=weekday)
    feed = open_feed(user=salma, shows_names=False, by=salma)
    [before] = entries(client, feed)

    moved = move_appointment(
        appointment=appointment, starts_at=appointment.starts_at + timedelta(hours=1), by=None, ignore_notice=True
    )
    [after] = entries(client, feed)
    cancel_appointment(appointment=moved, by=None)

    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after.decoded("DTSTART") == moved.starts_at
    assert entries(client, feed) == []


def test_who_has_the_file_already_is_not_sent_it_again(client: Client, salma: User, doctor: Practitioner) -> None:
    visit(doctor)
    feed = open_feed(user=salma, shows_names=False, by=salma)
    first = client.get(address(feed))

    again = client.get(address(feed), HTTP_IF_NONE_MATCH=first["ETag"])
    visit(doctor, starts_at=NOW + timedelta(days=3))
    changed = client.get(address(feed), HTTP_IF_NONE_MATCH=first["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    assert first["Cache-Control"] == "private, no-cache"
    assert not first.cookies


def test_a_new_address_ends_the_old_one_and_closing_ends_all(client: Client, salma: User, doctor: Practitioner) -> None:
    old = address(open_feed(user=salma, shows_names=False, by=salma))
    new = address(open_feed(user=salma, shows_names=False, by=salma))

    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    close_feed(user=salma, by=salma)
    close_feed(user=salma, by=salma)
    assert client.get(new).status_code == 404
    verbs = AuditEvent.objects.order_by("pk").values_list("verb", flat=True)
    assert [verb for verb in verbs if verb.startswith("calendarfeed")] == [
        "calendarfeed.opened",
        "calendarfeed.opened",
        "calendarfeed.closed",
    ]


def leave(salma: User, doctor: Practitioner) -> None:
    salma.is_active = False
    salma.save()


def lose_the_role(salma: User, doctor: Practitioner) -> None:
    salma.groups.clear()


def be_another_account(salma: User, doctor: Practitioner) -> None:
    doctor.user = None
    doctor.save()


@pytest.mark.parametrize("change", [leave, lose_the_role, be_another_account])
def test_who_leaves_the_clinic_takes_no_calendar_along(
    client: Client, salma: User, doctor: Practitioner, change: Any
) -> None:
    visit(doctor)
    feed = open_feed(user=salma, shows_names=True, by=salma)
    assert client.get(address(feed)).status_code == 200

    change(salma, doctor)

    assert client.get(address(feed)).status_code == 404


def test_a_stranger_learns_nothing(client: Client, salma: User, doctor: Practitioner) -> None:
    feed = open_feed(user=salma, shows_names=True, by=salma)
    signature = feed_token(feed).partition(".")[2]
    nobodys = CalendarFeedFactory()
    guesses = ["x", ".", "%00", "ü", feed.reference, f"{feed.reference}.", f"AAAAAAAAAA.{signature}", "x" * 3000]

    answers = [client.get(f"/en/calendars/{guess}/visits.ics") for guess in [*guesses, feed_token(nobodys)]]

    assert {answer.status_code for answer in answers} == {404}
    assert client.post(address(feed)).status_code == 405
    assert feed_of(feed_token(feed)) == feed


def test_the_secret_of_the_address_does_not_stand_in_the_audit_trail(salma: User, doctor: Practitioner) -> None:
    feed = open_feed(user=salma, shows_names=True, by=salma)

    event = AuditEvent.objects.get(verb="calendarfeed.opened")

    assert feed.reference not in f"{event.subject} {event.detail}"
    assert event.detail == {"names": "yes"}


def test_the_calendar_takes_the_same_number_of_queries_for_one_visit_and_for_three(
    client: Client, salma: User, doctor: Practitioner, django_assert_num_queries: Any
) -> None:
    feed = open_feed(user=salma, shows_names=True, by=salma)
    for number in range(3):
        visit(doctor, starts_at=NOW + timedelta(days=1, hours=number))
        if number != 1:
            with django_assert_num_queries(4):
                client.get(address(feed))
