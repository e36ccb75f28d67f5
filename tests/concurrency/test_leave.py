"""Somebody books while a leave is entered: one of the two sees the other, always."""

import threading
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from clinic.directory.models import Practitioner, Resource
from clinic.scheduling.absences import affected_by, to_work_off
from clinic.scheduling.actions import (
    AbsenceRefused,
    Choice,
    cancel_appointment,
    leave,
    report_sick,
    take_absence,
)
from clinic.scheduling.enums import AbsenceKind, Decision
from clinic.scheduling.models import Absence, AffectedVisit, Appointment, Reservation
from tests.concurrency.conftest import Clinic, all_at_once, booked, overlaps


def leave_of(clinic: Clinic, doctor: Practitioner) -> Absence:
    """The ten hours from eight o'clock, not saved yet."""
    begin = clinic.at(480)
    during = DateTimeTZRange(begin, begin + timedelta(hours=10))
    resource = Resource.objects.get(pk=doctor.pk)
    return Absence(kind=AbsenceKind.LEAVE, resource=resource, during=during, time_zone="UTC")


def enter(clinic: Clinic, doctor: Practitioner) -> str:
    """What came of a leave in which nobody was seen."""
    try:
        take_absence(absence=leave_of(clinic, doctor), choices=[], by=None)
    except AbsenceRefused as refusal:
        return refusal.code
    return "away"


class Visitor:
    """Books at ten o'clock, between the moment in which a leave looks who is affected and that in which it is saved."""

    def __init__(self, clinic: Clinic, doctor: Practitioner) -> None:
        self.outcomes: list[str] = []
        self.thread = threading.Thread(
            target=lambda: self.outcomes.extend(all_at_once([lambda: clinic.outcome(doctor, 600)]))
        )

    def come_between(self, monkeypatch: pytest.MonkeyPatch) -> None:
        looked = leave.lock_visits

        def look_and_let_in(visits: Any) -> list[Appointment]:
            found = looked(visits)
            self.thread.start()
            # Under the lock the visitor waits for the leave, and the leave in vain for the visitor.
            self.thread.join(timeout=1)
            return found

        monkeypatch.setattr(leave, "lock_visits", look_and_let_in)

    def outcome(self) -> str:
        self.thread.join()
        return self.outcomes[0]


def test_without_the_lock_somebody_is_booked_whom_nobody_saw(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    doctor = clinic.new_doctor(clinic.service)
    visitor = Visitor(clinic, doctor)
    visitor.come_between(monkeypatch)
    monkeypatch.setattr(leave, "lock_all", lambda *_asked: None)
    assert enter(clinic, doctor) == "away"
    assert visitor.outcome() == "booked"
    assert not AffectedVisit.objects.exists()
    # Even then the visit stands on the list, and the exclusion constraint keeps the two apart.
    assert to_work_off(Absence.objects.get(), now=clinic.at(0)).count() == 1
    assert overlaps() == 0


def test_under_the_lock_whoever_comes_second_finds_the_time_taken(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    doctor = clinic.new_doctor(clinic.service)
    visitor = Visitor(clinic, doctor)
    visitor.come_between(monkeypatch)
    assert enter(clinic, doctor) == "away"
    assert visitor.outcome() == "taken"
    assert not affected_by(leave_of(clinic, doctor), now=clinic.at(0)).exists()


def test_many_visitors_and_one_leave_at_once(clinic: Clinic) -> None:
    doctor = clinic.new_doctor(clinic.service)
    visitors = [lambda n=n: clinic.outcome(doctor, 480 + 60 * n) for n in range(8)]
    outcomes = Counter(all_at_once([*visitors, lambda: enter(clinic, doctor)]))
    entered = outcomes["away"]
    assert entered + outcomes["changed"] + outcomes["busy"] == 1
    # Either nobody is in the leave, or there is no leave.
    assert booked() == outcomes["booked"]
    assert bool(entered) != bool(outcomes["booked"])
    assert overlaps() == 0


def test_sick_today_and_visitors_at_once_leave_everybody_on_the_list(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    doctor = clinic.new_doctor(clinic.service)
    midnight = clinic.at(0)
    monkeypatch.setattr(Clinic, "at", lambda _clinic, minutes: midnight + timedelta(minutes=minutes))
    monkeypatch.setattr("clinic.lib.clock.now", lambda: midnight)
    visitors = [lambda n=n: clinic.outcome(doctor, 480 + 60 * n) for n in range(8)]
    deeds = [*visitors, lambda: report_sick(practitioner=doctor, zone="UTC", by=None).reference]
    outcomes = Counter(all_at_once(deeds))
    absence = Absence.objects.get()
    left = to_work_off(absence, now=clinic.at(0))
    assert left.count() == absence.affected.count() == outcomes["booked"] == booked()
    assert overlaps() == 0


def test_two_desks_that_enter_one_leave_enter_it_once(clinic: Clinic) -> None:
    doctor = clinic.new_doctor(clinic.service)
    assert Counter(all_at_once([lambda: enter(clinic, doctor)] * 4)) == {"away": 4}
    assert Absence.objects.count() == 1
    assert overlaps() == 0


def test_a_time_that_is_cancelled_and_booked_at_once_stays_with_the_leave(clinic: Clinic) -> None:
    doctor = clinic.new_doctor(clinic.service)
    visit = clinic.book(doctor, 600)
    take_absence(absence=leave_of(clinic, doctor), choices=[Choice(visit, Decision.CALL)], by=None)
    deeds = [lambda: cancel_appointment(appointment=visit, by=None).status, *[lambda: clinic.outcome(doctor, 600)] * 4]
    assert Counter(all_at_once(deeds)) == {"cancelled": 1, "taken": 4}
    assert not Reservation.objects.filter(reason="appointment").exists()
    assert clinic.outcome(doctor, 600) == "taken"


def test_two_leaves_that_exchange_their_patients_do_not_block_each_other(clinic: Clinic) -> None:
    first, second = (clinic.new_doctor(clinic.service) for _ in range(2))
    visits = {doctor.pk: clinic.book(doctor, 600) for doctor in (first, second)}

    def exchange(away: Practitioner, other: Practitioner) -> str:
        visit = visits[away.pk]
        choice = Choice(visit, Decision.MOVED, other, clinic.location, clinic.at(700))
        try:
            take_absence(absence=leave_of(clinic, away), choices=[choice], by=None)
        except AbsenceRefused as refusal:
            return refusal.code
        return "away"

    outcomes = Counter(all_at_once([lambda: exchange(first, second), lambda: exchange(second, first)]))
    assert set(outcomes) <= {"away", "visit", "changed"}
    assert outcomes["away"] == 1
    assert overlaps() == 0
    assert booked() == 2
