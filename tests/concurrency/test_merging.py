"""Somebody books for a patient at the moment in which another desk merges them: the visit is never left behind."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from django.db import connection, transaction

from clinic.lib import locks
from clinic.patients.actions import merge_patients
from clinic.patients.models import Patient
from clinic.patients.refusals import MergeRefused
from clinic.scheduling.models import Appointment
from tests.concurrency.conftest import Clinic, all_at_once
from tests.factories.patients import PatientFactory


@contextmanager
def without_trigger() -> Iterator[None]:
    def execute(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE scheduling_appointment {statement} TRIGGER follows_its_patient")

    execute("DISABLE")
    try:
        yield
    finally:
        execute("ENABLE")


def merge_during_booking(clinic: Clinic, kept: Patient, merged: Patient) -> str:
    """The visit is written, not committed yet, when the other desk merges; how that went."""
    doctor = clinic.new_doctor(clinic.service)
    written, tried = threading.Event(), threading.Event()

    def book() -> None:
        try:
            with transaction.atomic():
                clinic.book(doctor, 600, patient=merged)
                written.set()
                assert tried.wait(timeout=60)
        finally:
            written.set()

    def merge() -> str:
        assert written.wait(timeout=60)
        try:
            merge_patients(kept=kept, merged=merged, take=[], by=None)
        except MergeRefused as refusal:
            return refusal.code
        finally:
            tried.set()
        return "done"

    return str(all_at_once([book, merge])[1])


@pytest.fixture
def two(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> tuple[Patient, Patient]:
    monkeypatch.setattr(locks, "PATIENCE", "50ms")
    return PatientFactory(), PatientFactory()


def test_a_merge_waits_for_who_is_booking(clinic: Clinic, two: tuple[Patient, Patient]) -> None:
    kept, merged = two
    assert merge_during_booking(clinic, kept, merged) == "busy"
    assert Appointment.objects.get().patient == merged
    merge_patients(kept=kept, merged=merged, take=[], by=None)
    assert Appointment.objects.get().patient == kept


def test_without_the_trigger_the_visit_would_be_left_behind(clinic: Clinic, two: tuple[Patient, Patient]) -> None:
    kept, merged = two
    with without_trigger():
        assert merge_during_booking(clinic, kept, merged) == "done"
    assert Appointment.objects.get().patient == merged


def test_whoever_books_at_that_moment_books_for_the_file_that_stays(clinic: Clinic) -> None:
    kept, merged = PatientFactory(), PatientFactory()
    doctors = [clinic.new_doctor(clinic.service) for _ in range(5)]
    bookings = [partial(clinic.outcome, doctor, 600, patient=merged) for doctor in doctors]
    merge = partial(merge_patients, kept=kept, merged=merged, take=[], by=None)
    assert all_at_once([*bookings, merge])[:5] == ["booked"] * 5
    assert set(Appointment.objects.values_list("patient", flat=True)) == {kept.pk}


def test_two_desks_that_merge_in_a_ring_make_no_chain(clinic: Clinic) -> None:
    people = PatientFactory.create_batch(3)

    def merge(number: int) -> str:
        try:
            merge_patients(kept=people[number], merged=people[number - 1], take=[], by=None)
        except MergeRefused as refusal:
            return refusal.code
        return "done"

    outcomes = all_at_once([partial(merge, number) for number in range(3)])
    assert sorted(outcomes) == ["done", "done", "merged"]
    assert Patient.objects.filter(merged_into=None).count() == 1
    assert not Patient.objects.filter(merged_into__merged_into__isnull=False).exists()
