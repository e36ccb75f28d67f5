"""A request that several people decide about at the same moment: one answer wins, and is the only one told."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import Mock

import pytest

from clinic.accounts.models import User
from clinic.audit.models import AuditEvent
from clinic.lib import clock
from clinic.messaging.models import Message
from clinic.scheduling.actions import (
    ChangeRefused,
    approvals,
    approve_appointment,
    cancel_appointment,
    expire_requests,
    refuse_appointment,
)
from clinic.scheduling.actions.changes import advance
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment, Reservation
from tests.concurrency.conftest import Clinic, all_at_once, overlaps
from tests.factories.accounts import UserFactory


def request_for(clinic: Clinic) -> tuple[Appointment, User]:
    service = clinic.new_service(needs_approval=True)
    return clinic.book(clinic.new_doctor(service), 600, service=service), UserFactory()


def told(deed: Callable[[], Any]) -> str:
    try:
        deed()
    except ChangeRefused as refusal:
        return refusal.code
    return "done"


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> threading.local:
    """The clock of each thread: it runs `ahead` where that is set, so that a deadline comes for one alone."""
    hands, now = threading.local(), clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + getattr(hands, "ahead", timedelta()))
    return hands


def everybody(visit: Appointment, by: User, hands: threading.local) -> list[str]:
    """Approval, refusal, the patient's own cancellation and the end of the deadline, at once."""

    def expire() -> None:
        hands.ahead = timedelta(days=2)
        expire_requests()

    return all_at_once(
        [
            lambda: told(lambda: approve_appointment(appointment=visit, by=by)),
            lambda: told(lambda: refuse_appointment(appointment=visit, reason="No", by=by)),
            lambda: told(lambda: cancel_appointment(appointment=visit, by=None)),
            lambda: told(expire),
        ]
    )


def answers() -> list[str]:
    events = AuditEvent.objects.filter(subject_type="appointment").exclude(verb="appointment.requested")
    return list(events.values_list("verb", flat=True))


@pytest.mark.parametrize("round_number", range(3))
def test_four_answers_at_once_are_one(clinic: Clinic, hands: threading.local, round_number: int) -> None:
    visit, by = request_for(clinic)

    everybody(visit, by, hands)

    current = Appointment.objects.get()
    # A visit that was approved may be cancelled by its patient right after: two changes, each on its own revision.
    assert answers() in (
        ["appointment.approved"],
        ["appointment.refused"],
        ["appointment.cancelled"],
        ["appointment.expired"],
        ["appointment.approved", "appointment.cancelled"],
    )
    assert current.revision == len(answers())
    assert Reservation.objects.exists() == (current.status == AppointmentStatus.BOOKED)
    assert Message.objects.exclude(rule="asked").count() == len(answers())


def test_without_comparing_revisions_several_answers_are_given(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    visit, by = request_for(clinic)

    def overwrite(current: Appointment, status: AppointmentStatus, **values: Any) -> bool:
        current.revision = Appointment.objects.values_list("revision", flat=True).get(pk=current.pk)
        current.status = AppointmentStatus.PENDING
        return advance(current, status, **values)

    monkeypatch.setattr(approvals, "advance", overwrite)
    monkeypatch.setattr(approvals, "check_still_asked", Mock())
    approve_appointment(appointment=visit, by=by)
    refuse_appointment(appointment=visit, reason="No", by=by)

    assert len(answers()) == 2


def test_two_runs_of_the_task_at_once_end_each_request_once(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    service = clinic.new_service(needs_approval=True)
    doctor = clinic.new_doctor(service)
    for number in range(4):
        clinic.book(doctor, 600 + 30 * number, service=service)
    late = clock.now() + timedelta(days=2)
    monkeypatch.setattr("clinic.lib.clock.now", lambda: late)

    assert sum(all_at_once([expire_requests] * 3)) == 4

    assert Counter(answers()) == {"appointment.expired": 4}
    assert Message.objects.filter(rule="not_booked").count() == 4
    assert not Reservation.objects.exists()


def test_a_time_refused_and_booked_at_once_never_overlaps(clinic: Clinic) -> None:
    visit, by = request_for(clinic)
    outcomes = all_at_once(
        [
            lambda: told(lambda: refuse_appointment(appointment=visit, reason="No", by=by)),
            lambda: clinic.outcome(visit.practitioner, 600, service=visit.service),
        ]
    )

    assert outcomes[0] == "done"
    assert outcomes[1] in ("booked", "taken")
    assert overlaps() == 0
