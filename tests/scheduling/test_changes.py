"""What becomes of visits: cancelled, arrived, completed, missed, and each of them taken back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from clinic.audit.models import AuditEvent
from clinic.messaging.models import Message
from clinic.scheduling.actions import ChangeRefused, cancel_appointment, change_status
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment, Reservation
from clinic.scheduling.rules import allowed_statuses, can_cancel_online
from tests.factories.directory import ServiceFactory
from tests.factories.scheduling import AppointmentFactory

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 23, 8, tzinfo=UTC)
Clock = Callable[[datetime], None]


@pytest.fixture
def visit() -> Appointment:
    return AppointmentFactory(starts_at=START, service=ServiceFactory(duration=30, cancel_cutoff=240))


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr("clinic.lib.clock.now", lambda: moment)

    set_clock(START - timedelta(days=1))
    return set_clock


def refusal(deed: Callable[..., Any], **values: Any) -> str:
    events = AuditEvent.objects.count()
    with pytest.raises(ChangeRefused) as caught:
        deed(by=None, **values)
    assert AuditEvent.objects.count() == events
    assert str(caught.value.message)
    return caught.value.code


def test_a_cancelled_visit_frees_its_time_and_tells_the_patient(visit: Appointment, at: Clock, admin_user: Any) -> None:
    cancelled = cancel_appointment(appointment=visit, by=admin_user, reason="The doctor is ill")
    assert (cancelled.status, cancelled.revision) == (AppointmentStatus.CANCELLED, 1)
    assert Appointment.objects.get().cancel_reason == "The doctor is ill"
    assert not Reservation.objects.exists()
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor) == ("appointment.cancelled", admin_user)
    assert (event.detail["from"], event.detail["to"]) == ("booked", "cancelled")
    assert "ill" not in str(event.detail), "illness is nothing for the trail and the log"
    assert Message.objects.get().revision == 1


def test_a_visit_that_is_cancelled_twice_is_cancelled_once(visit: Appointment, at: Clock) -> None:
    cancel_appointment(appointment=visit, by=None)
    assert cancel_appointment(appointment=visit, by=None).revision == 1
    assert AuditEvent.objects.count() == Message.objects.count() == 1


def test_visitors_cancel_until_the_cutoff_and_staff_until_the_end(visit: Appointment, at: Clock) -> None:
    at(START - timedelta(hours=4))
    assert can_cancel_online(visit, START - timedelta(hours=4))
    at(START - timedelta(hours=3))
    assert not can_cancel_online(visit, START - timedelta(hours=3))
    assert refusal(cancel_appointment, appointment=visit, enforce_cutoff=True) == "cutoff"
    assert Reservation.objects.exists()
    at(START + timedelta(minutes=30))
    assert refusal(cancel_appointment, appointment=visit) == "over"
    at(START + timedelta(minutes=29))
    assert cancel_appointment(appointment=visit, by=None)


@pytest.mark.parametrize(
    ("status", "moment", "code"),
    [
        ("arrived", START - timedelta(days=1), "wrong_day"),
        ("arrived", START + timedelta(days=1), "wrong_day"),
        ("fulfilled", START - timedelta(days=1), "too_early"),
        ("noshow", START - timedelta(minutes=1), "too_early"),
    ],
)
def test_nothing_is_marked_before_its_time(
    visit: Appointment, at: Clock, status: str, moment: datetime, code: str
) -> None:
    at(moment)
    assert refusal(change_status, appointment=visit, status=status) == code


def test_the_local_day_of_the_visit_counts(at: Clock) -> None:
    # Half past one at night in Amman is still the day before in UTC.
    visit = AppointmentFactory(starts_at=datetime(2026, 11, 22, 22, 30, tzinfo=UTC))
    at(datetime(2026, 11, 23, 6, tzinfo=UTC))
    assert change_status(appointment=visit, status="arrived", by=None).status == "arrived"


@pytest.mark.parametrize("path", [["arrived", "fulfilled", "arrived", "booked"], ["noshow", "booked", "arrived"]])
def test_a_day_at_the_desk_with_its_slips(visit: Appointment, at: Clock, path: list[str]) -> None:
    at(START)
    for revision, status in enumerate(path, start=1):
        visit = change_status(appointment=visit, status=status, by=None)
        assert (visit.status, visit.revision) == (status, revision)
        assert Reservation.objects.filter(appointment=visit).exists()
    story = [(event.detail["from"], event.detail["to"]) for event in AuditEvent.objects.order_by("pk")]
    assert story == list(zip(["booked", *path], path, strict=False))


def test_a_cancelled_visit_stays_cancelled(visit: Appointment, at: Clock) -> None:
    visit = cancel_appointment(appointment=visit, by=None)
    assert allowed_statuses(visit.status) == set()
    at(START)
    assert refusal(change_status, appointment=visit, status="arrived") == "not_allowed"


def test_whoever_looks_at_an_old_page_is_told_so(visit: Appointment, at: Clock) -> None:
    at(START)
    seen = Appointment.objects.get()
    change_status(appointment=visit, status="arrived", by=None)
    assert refusal(change_status, appointment=seen, status="noshow") == "changed"
    assert change_status(appointment=seen, status="arrived", by=None).revision == 1


def test_a_change_that_cannot_be_recorded_does_not_happen(
    visit: Appointment, at: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**values: Any) -> None:
        raise RuntimeError("the audit trail is full")

    monkeypatch.setattr("clinic.audit.actions.AuditEvent.objects.create", fail)
    with pytest.raises(RuntimeError):
        cancel_appointment(appointment=visit, by=None)
    assert Appointment.objects.get().status == AppointmentStatus.BOOKED
    assert Reservation.objects.exists()
    assert not Message.objects.exists()
