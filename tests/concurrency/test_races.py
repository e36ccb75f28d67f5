"""Races at the level of the actions that are no contest for one time: those stand in `test_paths`."""

import threading
from collections import Counter
from datetime import time
from functools import partial

import pytest
from django.db import transaction

from clinic.audit.models import AuditEvent
from clinic.directory.locks import lock_hours_of
from clinic.directory.models import WorkingHours
from clinic.lib import locks
from clinic.messaging.models import Message
from clinic.scheduling.actions import (
    BookingRefused,
    ChangeRefused,
    cancel_appointment,
    change_status,
    hold_time,
)
from clinic.scheduling.models import Appointment, Hold, Reservation
from tests.concurrency.conftest import Clinic, all_at_once, booked, overlaps


def test_many_people_in_overlapping_times_of_two_doctors_never_collide(clinic: Clinic) -> None:
    services = [clinic.new_service(duration=length) for length in (10, 25, 40)]
    doctors = [clinic.new_doctor(*services) for _ in range(2)]
    deeds = [
        lambda n=n: clinic.outcome(doctors[n % 2], 600 + 5 * (n * 7 % 20), service=services[n % 3]) for n in range(40)
    ]
    outcomes = Counter(all_at_once(deeds))
    assert set(outcomes) == {"booked", "taken"}
    assert booked() == outcomes["booked"]
    assert overlaps() == 0


def test_two_cancellations_at_once_are_one(clinic: Clinic) -> None:
    appointment = clinic.book(clinic.new_doctor(clinic.service), 600)
    found = all_at_once([lambda: cancel_appointment(appointment=appointment, by=None)] * 8)
    assert {each.status for each in found} == {"cancelled"}
    assert {each.revision for each in found} == {1}
    assert AuditEvent.objects.filter(verb="appointment.cancelled").count() == 1
    assert Message.objects.filter(rule="cancelled").count() == 1
    assert not Reservation.objects.exists()


def test_a_cancellation_and_an_arrival_at_once_are_one_change(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    appointment = clinic.book(clinic.new_doctor(clinic.service), 600)
    monkeypatch.setattr("clinic.lib.clock.now", lambda: appointment.starts_at)

    def arrive() -> str:
        try:
            change_status(appointment=appointment, status="arrived", by=None)
        except ChangeRefused as refusal:
            return refusal.code
        return "arrived"

    def cancel() -> str:
        try:
            return cancel_appointment(appointment=appointment, by=None).status
        except ChangeRefused as refusal:
            return refusal.code

    outcomes = all_at_once([arrive, cancel])
    current = Appointment.objects.get()
    assert AuditEvent.objects.exclude(verb="appointment.booked").count() == current.revision
    assert Reservation.objects.exists() == (current.status != "cancelled")
    assert outcomes in (
        ["arrived", "changed"],
        ["changed", "cancelled"],
        ["not_allowed", "cancelled"],
        ["arrived", "cancelled"],
    )


def test_one_holder_cannot_exceed_the_limit_by_asking_at_once(clinic: Clinic, settings) -> None:
    settings.HOLDS_PER_VISITOR = 3
    doctor = clinic.new_doctor(clinic.service)

    def hold(minutes: int) -> str:
        try:
            hold_time(
                service=clinic.service,
                practitioner=doctor,
                location=clinic.location,
                starts_at=clinic.at(minutes),
                holder="visitor",
            )
        except BookingRefused as refusal:
            return refusal.code
        return "held"

    outcomes = Counter(all_at_once([partial(hold, 30 * n) for n in range(10)]))
    assert outcomes == {"held": 3, "limit": 7}
    assert Hold.objects.count() == 3


def test_a_booking_waits_for_a_change_of_hours_and_follows_it(clinic: Clinic) -> None:
    doctor = clinic.new_doctor(clinic.service)
    changed, begun = threading.Event(), threading.Event()

    def shorten_hours() -> None:
        with transaction.atomic():
            lock_hours_of([doctor.pk])
            begun.set()
            changed.wait(timeout=0.3)
            WorkingHours.objects.filter(practitioner=doctor).update(ends=time(8))

    def book() -> str:
        begun.wait(timeout=10)
        return clinic.outcome(doctor, 600)

    assert all_at_once([shorten_hours, book])[1] == "not_working"


def test_a_lock_that_is_never_let_go_is_a_polite_refusal(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "PATIENCE", "50ms")
    doctor = clinic.new_doctor(clinic.service)
    done = threading.Event()

    kept = threading.Event()

    def keep_lock() -> None:
        with transaction.atomic():
            lock_hours_of([doctor.pk])
            kept.set()
            done.wait(timeout=30)

    def book() -> str:
        kept.wait(timeout=30)
        try:
            return clinic.outcome(doctor, 600)
        finally:
            done.set()

    assert all_at_once([keep_lock, book])[1] == "busy"
