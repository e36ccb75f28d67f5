"""A visit as a calendar file."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from pytest_django import Settings

from clinic.scheduling.calendars import calendar_for
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment
from tests.factories.directory import LocationFactory, PractitionerFactory, ServiceFactory
from tests.factories.scheduling import AppointmentFactory

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


def visit(**changes: Any) -> Appointment:
    """Four o'clock in the afternoon of a summer day in Berlin."""
    values = {
        "starts_at": datetime(2027, 7, 1, 14, 0, tzinfo=UTC),
        "location": LocationFactory(
            name_en="Spree Clinic", name_ar="عيادة شبريه", time_zone="Europe/Berlin", email="spree@iyada.example"
        ),
        "service": ServiceFactory(
            name_en="Skin check",
            name_ar="فحص الجلد",
            preparation_en="Do not use cream, oil; or powder.\nWear loose clothes.",
            preparation_ar="لا تستخدم الكريمات.",
        ),
        "practitioner": PractitionerFactory(name_en="Dr. Salma Nasser", name_ar="د. سلمى ناصر"),
        "contact_name": "Layla, “Lulu” Haddad",
        "contact_email": "layla@patients.example",
        **changes,
    }
    return AppointmentFactory(**values)


def entry(appointment: Appointment, method: str = "REQUEST") -> tuple[Any, Any]:
    calendar = Calendar.from_ical(calendar_for(appointment, method))
    [event] = calendar.walk("VEVENT")
    return calendar, event


def test_an_invitation_holds_the_visit_on_the_wall_clock_of_its_location() -> None:
    appointment = visit(revision=3)

    calendar, event = entry(appointment)

    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "REQUEST")
    assert event["DTSTART"].params["TZID"] == event["DTEND"].params["TZID"] == "Europe/Berlin"
    assert event.decoded("DTSTART") == datetime(2027, 7, 1, 16, 0, tzinfo=BERLIN)
    assert event.decoded("DTEND") == datetime(2027, 7, 1, 16, 30, tzinfo=BERLIN)
    assert event["UID"] == f"{appointment.reference}@localhost"
    assert event["SEQUENCE"] == 3
    assert event["STATUS"] == "CONFIRMED"
    assert event["CLASS"] == "PRIVATE"
    assert event["SUMMARY"] == "Skin check with Dr. Salma Nasser"
    assert event["LOCATION"] == "Spree Clinic, 12 Rainbow Street, Amman"
    assert "Do not use cream, oil; or powder.\nWear loose clothes." in event["DESCRIPTION"]
    assert appointment.spoken_reference in event["DESCRIPTION"]


@pytest.mark.parametrize(
    ("language", "place"),
    [("en", "Spree Clinic, 5 Canal Street, Berlin"), ("ar", "عيادة شبريه، شارع القناة ٥، برلين")],
)
def test_a_city_that_stands_in_the_address_is_said_once(language: str, place: str) -> None:
    location = LocationFactory(
        name_en="Spree Clinic",
        name_ar="عيادة شبريه",
        address_en="5 Canal Street, Berlin",
        address_ar="شارع القناة ٥، برلين",
        city_en="Berlin",
        city_ar="برلين",
    )

    _, event = entry(visit(location=location, language=language))

    assert event["LOCATION"] == place


def test_the_file_explains_its_time_zone() -> None:
    calendar, _ = entry(visit())

    [zone] = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Berlin"
    offsets = {str(part["TZOFFSETTO"].to_ical()) for part in zone.walk() if "TZOFFSETTO" in part}
    assert offsets == {"+0100", "+0200"}
    assert calendar.get_missing_tzids() == set()


def test_the_visitor_is_invited_and_has_already_accepted(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Iyada <desk@iyada.example>"
    _, event = entry(visit())

    assert event["ORGANIZER"] == "mailto:desk@iyada.example"
    assert event["ORGANIZER"].params["CN"] == "Spree Clinic"
    assert event["ATTENDEE"] == "mailto:layla@patients.example"
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"


def test_a_visit_that_moves_to_another_place_keeps_its_organizer() -> None:
    appointment = visit()
    _, before = entry(appointment)
    appointment.location = LocationFactory(name_en="Havel Clinic", email="havel@iyada.example")

    _, after = entry(appointment)

    assert after["ORGANIZER"] == before["ORGANIZER"]
    assert after["ORGANIZER"].params["CN"] == "Havel Clinic"


def test_a_visit_that_waits_for_approval_is_tentative() -> None:
    _, event = entry(visit(status=AppointmentStatus.PENDING, approve_by=datetime(2027, 7, 1, tzinfo=UTC)))

    assert event["STATUS"] == "TENTATIVE"


def test_a_reminder_rings_a_day_before() -> None:
    _, event = entry(visit())

    [alarm] = event.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(days=-1)
    assert alarm["ACTION"] == "DISPLAY"


def test_a_cancellation_takes_the_same_entry_back() -> None:
    appointment = visit()
    _, invited = entry(appointment)
    appointment.status, appointment.revision = AppointmentStatus.CANCELLED, 1

    calendar, event = entry(appointment, "CANCEL")

    assert calendar["METHOD"] == "CANCEL"
    assert event["UID"] == invited["UID"]
    assert event["SEQUENCE"] == 1
    assert event["STATUS"] == "CANCELLED"
    assert event.walk("VALARM") == []


def test_a_file_to_keep_names_nobody_who_could_be_answered() -> None:
    calendar, event = entry(visit(), "PUBLISH")

    assert calendar["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in event
    assert b"layla@patients.example" not in calendar_for(visit(), "PUBLISH")


def test_without_an_address_an_invitation_becomes_a_file_to_keep() -> None:
    calendar, event = entry(visit(contact_email=""))

    assert calendar["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in event


def test_a_calendar_speaks_the_language_of_the_booking() -> None:
    _, event = entry(visit(language="ar"))

    assert "فحص الجلد" in event["SUMMARY"]
    assert "د. سلمى ناصر" in event["SUMMARY"]
    assert "عيادة شبريه" in event["LOCATION"]
    assert "لا تستخدم الكريمات." in event["DESCRIPTION"]


def test_lines_are_short_and_end_as_the_standard_says() -> None:
    file = calendar_for(visit(language="ar"), "REQUEST")

    lines = file.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75


def test_nobody_else_and_no_link_stands_in_the_file() -> None:
    other = visit(contact_name="Omar Said", contact_email="omar@patients.example")

    file = calendar_for(visit(note="It itches"), "REQUEST").replace(b"\r\n ", b"").decode()

    assert "It itches" not in file
    assert "http" not in file
    assert other.reference not in file
    assert "Omar" not in file
