"""Several visits in one go: a course of treatment, a family, a patient who is here already. All of them, or none."""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser

from clinic.lib import clock
from clinic.patients.models import Patient
from clinic.scheduling.actions.bookings import Booking, Contact, register_contact, write_booking
from clinic.scheduling.actions.changes import change_status
from clinic.scheduling.actions.deeds import as_one_deed
from clinic.scheduling.actions.locks import StillBusy, in_transaction
from clinic.scheduling.actions.refusals import BookingRefused, RequestMismatch
from clinic.scheduling.actions.requests import answered_before, digest_of, note_answer
from clinic.scheduling.actions.seats import drop_holds, lock_for
from clinic.scheduling.actions.terms import check_clock
from clinic.scheduling.enums import AppointmentStatus, BookingSource
from clinic.scheduling.models import Appointment


class TogetherRefused(BookingRefused):
    """One of several visits could not be had, so none was booked. `number` counts them from 0."""

    def __init__(self, code: str, *, number: int) -> None:
        super().__init__(code)
        self.number = number


def book_together(
    *,
    bookings: Sequence[Booking],
    source: BookingSource | str,
    by: AbstractBaseUser,
    sender: str = "",
    key: str = "",
    has_arrived: bool = False,
) -> list[Appointment]:
    """Book all of `bookings`, at least one, in one transaction, as staff do: neither notice nor horizon bind them.

    Somebody new with several visits becomes one patient. With `has_arrived` the patients are here: each visit is
    marked as arrived at once. `sender` and `key` name the request: the same again returns the same visits.

    Raises `TogetherRefused` for the visit that could not be had, `BookingRefused("busy")`, `RequestMismatch`, and
    `ChangeRefused("wrong_day")` for somebody who is here on another day than their visit's; nothing is written then.
    """

    def book() -> list[Appointment]:
        if key:
            earlier = answers_before(bookings, sender=sender, key=key)
            if earlier:
                return earlier
        now = clock.now()
        for number, booking in enumerate(bookings):
            with naming(number):
                check_clock(booking.wish, now=now, ignore_notice=True)
        resources = lock_for([booking.wish for booking in bookings])
        drop_holds(resources=sorted({each for found in resources for each in found}), now=now, own=None)
        registered: dict[Contact, Patient] = {}
        visits = []
        for number, booking in enumerate(bookings):
            patient = booking.patient or registered.get(booking.contact)
            if patient is None:
                patient = register_contact(booking.contact, language=booking.language, source=source)
                registered[booking.contact] = patient
            with naming(number):
                visit = write_booking(
                    booking,
                    patient=patient,
                    resources=resources[number],
                    now=now,
                    source=source,
                    by=by,
                    ignore_notice=True,
                )
            if key:
                note_answer(sender=sender, key=numbered(key, number), appointment=visit)
            if has_arrived:
                visit = change_status(appointment=visit, status=AppointmentStatus.ARRIVED, by=by)
            visits.append(visit)
        return visits

    try:
        with as_one_deed():
            return in_transaction(book)
    except StillBusy:
        raise BookingRefused("busy") from None


class naming:  # noqa: N801 # read as a verb: with naming(2)
    """Say of which visit a refusal speaks."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, fault: BaseException | None, trace: object) -> None:
        if isinstance(fault, BookingRefused):
            raise TogetherRefused(fault.code, number=self.number) from fault


def numbered(key: str, number: int) -> str:
    """The key of one visit of a request; the first has the request's own."""
    return f"{key}.{number}" if number else key


def answers_before(bookings: Sequence[Booking], *, sender: str, key: str) -> list[Appointment]:
    """The visits of an earlier request with this key; none when this one is the first, which is then noted."""
    asked = digest_of(*(part for booking in bookings for part in booking.asked))
    found = [answered_before(sender=sender, key=numbered(key, number), digest=asked) for number in range(len(bookings))]
    visits = [visit for visit in found if visit is not None]
    if visits and len(visits) != len(bookings):
        raise RequestMismatch
    return visits
