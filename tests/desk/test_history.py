"""The history of a visit: who, when, what and why, in the reader's words."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from clinic.accounts.models import User
from clinic.desk.history import story_of
from clinic.scheduling.actions import cancel_appointment, change_status, move_appointment
from clinic.scheduling.models import Appointment
from tests.desk.conftest import NOW, Clinic
from tests.factories.audit import AuditEventFactory


def told(visit: Appointment) -> list[tuple[str, str, str]]:
    visit.refresh_from_db()
    return [(each.what, each.who, each.why) for each in story_of(visit)]


def plain(text: str) -> str:
    """Without the marks that keep a time from left to right."""
    return text.replace("\u2066", "").replace("\u2069", "")


def test_a_move_is_told_from_when_to_when_on_the_clock_of_the_location(clinic: Clinic, receptionist: User) -> None:
    visit = clinic.visit(minutes=60, contact_email="")
    move_appointment(appointment=visit, starts_at=NOW + timedelta(minutes=120), by=receptionist, ignore_notice=True)
    ((what, who, why),) = told(visit)
    assert plain(what) == "Moved from 23 November 2026 11:00 to 23 November 2026 12:00"
    assert (who, why) == ("Rania Staff", "")


def test_another_length_is_told_by_its_end(clinic: Clinic, receptionist: User) -> None:
    visit = clinic.visit(minutes=60, contact_email="")
    longer = timedelta(minutes=45)
    move_appointment(appointment=visit, starts_at=visit.starts_at, length=longer, by=receptionist, ignore_notice=True)
    assert plain(told(visit)[0][0]) == "Ends at 11:45 instead of 11:30"


def test_a_cancellation_is_told_with_its_reason_to_those_who_see_the_visit(clinic: Clinic, receptionist: User) -> None:
    visit = clinic.visit(contact_email="layla@patients.example")
    cancel_appointment(appointment=visit, by=receptionist, reason="The patient is ill")
    story = told(visit)
    assert ("Cancelled", "Rania Staff", "The patient is ill") in story
    assert any("“Visit cancelled”" in what for what, _who, _why in story), "and the message that it caused"


def test_what_nobody_of_the_staff_did_says_so(clinic: Clinic) -> None:
    visit = clinic.visit()
    detail = {"source": "site", "starts_at": visit.starts_at.isoformat()}
    AuditEventFactory(
        verb="appointment.booked",
        subject_type="appointment",
        subject=visit.reference,
        actor=None,
        actor_name="",
        detail=detail,
    )
    ((what, who, _why),) = told(visit)
    assert plain(what) == "Booked (On the site) for 23 November 2026 11:00"
    assert who == "The patient, on the site"


def test_why_somebody_got_an_extra_seat_is_told_once(clinic: Clinic) -> None:
    visit = clinic.visit(overbooked="Comes from far away")
    for verb in ("appointment.booked", "appointment.moved"):
        AuditEventFactory(verb=verb, subject_type="appointment", subject=visit.reference, detail={})
    assert [why for _what, _who, why in told(visit)] == ["Comes from far away", ""]


@pytest.mark.parametrize("detail", [{}, {"from": "x", "starts_at": 5}, {"from": None}])
def test_an_event_without_times_is_told_without_them(clinic: Clinic, detail: dict[str, Any]) -> None:
    visit = clinic.visit()
    AuditEventFactory(verb="appointment.moved", subject_type="appointment", subject=visit.reference, detail=detail)
    assert told(visit)[0][0] == "Moved"


def test_the_history_is_told_in_arabic_too(clinic: Clinic, receptionist: User) -> None:
    visit = change_status(appointment=clinic.visit(minutes=10), status="arrived", by=receptionist)
    with translation.override("ar"):
        ((what, _who, _why),) = told(visit)
    assert "حضر" in what
    assert "Arrived" not in what


def test_the_history_takes_two_queries(clinic: Clinic, receptionist: User, django_assert_num_queries: Any) -> None:
    visit = clinic.visit(minutes=10)
    for status in ("arrived", "called", "consulting"):
        visit = change_status(appointment=visit, status=status, by=receptionist)
    with django_assert_num_queries(2):
        assert len(story_of(visit)) == 3
