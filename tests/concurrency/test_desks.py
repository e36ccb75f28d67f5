"""Desks that book several visits, and take things back, while others book the same times."""

from collections import Counter
from collections.abc import Callable
from functools import partial

from clinic.accounts.models import User
from clinic.directory.models import Practitioner
from clinic.scheduling.actions import (
    Booking,
    BookingRefused,
    ChangeRefused,
    Contact,
    Wish,
    book_together,
    cancel_appointment,
    undo_last,
)
from clinic.scheduling.enums import BookingSource
from clinic.scheduling.models import Appointment, Deed
from tests.concurrency.conftest import Clinic, all_at_once, booked, overlaps
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


def test_pressing_undo_in_two_windows_undoes_once(clinic: Clinic) -> None:
    doctor, by = clinic.new_doctor(clinic.service), UserFactory()
    visit = cancelled_at_the_desk(clinic, doctor, by)
    assert Counter(all_at_once([partial(take_back, by)] * 4)) == {"undone": 1, "undo_late": 3}
    visit.refresh_from_db()
    assert (visit.status, visit.revision) == ("booked", 2)
    assert not Deed.objects.exists()
