"""A patient's calendar follows the visit: one entry, whatever happens to it (RFC 5546, 2.1.4 and 2.1.5)."""

from typing import Any, cast

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from icalendar import Calendar

from clinic.messaging.delivery import deliver_due
from clinic.scheduling.actions import cancel_appointment, move_appointment
from clinic.scheduling.actions.confirmations import confirm_attendance
from tests.booking.conftest import SmallClinic


def told() -> tuple[str, Any]:
    """The method and the entry of the calendar file in the next mail."""
    deliver_due()
    letter = cast("EmailMultiAlternatives", mail.outbox[-1])
    [file] = letter.attachments
    calendar = Calendar.from_ical(file.content)
    [event] = calendar.walk("VEVENT")
    assert calendar.walk("VTIMEZONE")
    [part] = [part for part in letter.message().walk() if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == calendar["METHOD"]
    return str(calendar["METHOD"]), event


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_visit_that_is_booked_moved_and_cancelled_stays_one_entry(small_clinic: SmallClinic, language: str) -> None:
    appointment = small_clinic.book(language=language)
    asked = told()
    moved = move_appointment(appointment=appointment, starts_at=small_clinic.choice(3).starts_at, by=None)
    again = told()
    cancel_appointment(appointment=moved, by=None)
    taken_back = told()

    steps = [asked, again, taken_back]
    assert [method for method, _event in steps] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [event["SEQUENCE"] for _method, event in steps] == [0, 1, 2]
    assert {event["UID"] for _method, event in steps} == {f"{appointment.reference}@localhost"}
    assert len({event["ORGANIZER"] for _method, event in steps}) == 1
    assert asked[1].decoded("DTSTART") == appointment.starts_at
    assert again[1].decoded("DTSTART") == taken_back[1].decoded("DTSTART") == moved.starts_at
    assert [event["STATUS"] for _method, event in steps] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_a_promise_to_come_does_not_disturb_the_calendar(small_clinic: SmallClinic) -> None:
    appointment = confirm_attendance(appointment=small_clinic.book(), by=None)

    _method, event = told()

    assert appointment.confirmed_at is not None
    assert event["SEQUENCE"] == 0
