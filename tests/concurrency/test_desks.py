"""Desks that book several visits, and take things back, while others book the same times."""

import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest

from clinic.accounts.models import User
from clinic.directory.models import Practitioner
from clinic.scheduling.actions import (
    Booking,
    BookingRefused,
    ChangeRefused,
    Contact,
    Wish,
    book_together,
    bookings,
    cancel_appointment,
    together,
    undo,
    undo_last,
)
from clinic.scheduling.actions.seats import choose_seats
from clinic.scheduling.enums import BookingSource
from clinic.scheduling.models import Appointment, Deed
from tests.concurrency.conftest import Clinic, all_at_once, booked, overlaps, without_constraint
from tests.factories.accounts import UserFactory

CALLER = Contact(name="Layla Haddad", phone="+962791234567")


def course(clinic: Clinic, doctors: list[Practitioner], minutes: list[int]) -> list[Booking]:
    """A visit to one doctor after the other."""
    return [
        Booking(wish=Wish(clinic.service, doctor, clinic.location, clinic.at(each)), contact=CALLER, language="en")
        for doctor, each in zip(doctors, minutes, strict=True)
    ]


def outcome(clinic: Clinic, doctors: list[Practitioner], minutes: list[int], by: User) -> str:
    try:
        book_together(bookings=course(clinic, doctors, minutes), source=BookingSource.DESK, by=by)
    except BookingRefused as refusal:
        return refusal.code
    return "booked"


def take_out_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_lock(wishes: list[Wish], **values: object) -> list[list[int]]:
        return [[wish.practitioner.pk] for wish in wishes]

    monkeypatch.setattr(together, "lock_for", without_lock)
    monkeypatch.setattr(undo, "lock_for", without_lock)


def meet_before_reserving(monkeypatch: pytest.MonkeyPatch, people: int) -> None:
    """Make sure that everybody has looked before anybody reserves; under a lock they wait in vain, and go on."""
    meeting = threading.Barrier(people)

    def look_and_wait(*args: object, **values: object) -> object:
        found = choose_seats(*args, **values)
        with suppress(threading.BrokenBarrierError):
            meeting.wait(timeout=0.5)
        return found

    monkeypatch.setattr(bookings, "choose_seats", look_and_wait)
    monkeypatch.setattr(undo, "choose_seats", look_and_wait)


def families(clinic: Clinic) -> Counter[str]:
    """Four desks book two visits each, at the same times, in opposite orders."""
    doctors = [clinic.new_doctor(clinic.service) for _ in range(2)]
    deeds = [partial(outcome, clinic, doctors[:: 1 - n % 2 * 2], [600, 600], UserFactory()) for n in range(4)]
    return Counter(all_at_once(deeds))


def test_without_lock_and_constraint_four_families_get_the_same_times(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_out_locks(monkeypatch)
    meet_before_reserving(monkeypatch, 4)
    with without_constraint():
        assert families(clinic) == {"booked": 4}
        assert overlaps() == 12


def test_one_of_four_families_gets_all_its_times_and_the_others_none(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet_before_reserving(monkeypatch, 4)
    assert families(clinic) == {"booked": 1, "taken": 3}
    assert booked() == 2
    assert overlaps() == 0


def test_courses_that_cross_never_deadlock_nor_overlap(clinic: Clinic) -> None:
    doctors = [clinic.new_doctor(clinic.service) for _ in range(3)]
    people = [UserFactory() for _ in range(12)]
    deeds: list[Callable[[], str]] = [
        partial(outcome, clinic, [doctors[(n + k) % 3] for k in range(3)], [600 + 15 * (n % 4)] * 3, person)
        for n, person in enumerate(people)
    ]
    outcomes = Counter(all_at_once(deeds))
    assert set(outcomes) == {"booked", "taken"}
    assert booked() == 3 * outcomes["booked"]
    assert overlaps() == 0


def cancelled_at_the_desk(clinic: Clinic, doctor: Practitioner, by: User) -> Appointment:
    return cancel_appointment(appointment=clinic.book(doctor, 600), by=by)


def take_back(by: User) -> str:
    try:
        undo_last(by=by)
    except (BookingRefused, ChangeRefused) as refusal:
        return refusal.code
    return "undone"


def test_without_lock_and_constraint_an_undo_overlaps_whoever_booked_meanwhile(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    doctor, by = clinic.new_doctor(clinic.service), UserFactory()
    cancelled_at_the_desk(clinic, doctor, by)
    take_out_locks(monkeypatch)
    monkeypatch.setattr(bookings, "lock_candidates", lambda wish: [wish.practitioner.pk])
    meet_before_reserving(monkeypatch, 2)
    with without_constraint():
        assert all_at_once([partial(take_back, by), partial(clinic.outcome, doctor, 600)]) == ["undone", "booked"]
        assert overlaps() == 1


def test_an_undo_and_a_booking_at_once_give_the_time_to_one(clinic: Clinic) -> None:
    doctor, by = clinic.new_doctor(clinic.service), UserFactory()
    cancelled_at_the_desk(clinic, doctor, by)
    outcomes = all_at_once([partial(take_back, by), partial(clinic.outcome, doctor, 600)])
    assert outcomes in (["undone", "taken"], ["taken", "booked"])
    assert overlaps() == 0
    assert Appointment.objects.filter(status="booked").count() == 1


def test_pressing_undo_in_two_windows_undoes_once(clinic: Clinic) -> None:
    doctor, by = clinic.new_doctor(clinic.service), UserFactory()
    visit = cancelled_at_the_desk(clinic, doctor, by)
    assert Counter(all_at_once([partial(take_back, by)] * 4)) == {"undone": 1, "undo_late": 3}
    visit.refresh_from_db()
    assert (visit.status, visit.revision) == ("booked", 2)
    assert not Deed.objects.exists()
