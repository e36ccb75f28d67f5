"""Booking a visit: everything it needs, or nothing."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser

from clinic.audit.actions import record_event
from clinic.directory.models import Location, Practitioner, Service
from clinic.lib import clock
from clinic.patients.enums import PatientOrigin
from clinic.patients.models import Patient
from clinic.scheduling import rules
from clinic.scheduling.actions.deeds import remember, told_from
from clinic.scheduling.actions.locks import StillBusy, in_transaction
from clinic.scheduling.actions.refusals import BookingRefused
from clinic.scheduling.actions.requests import answered_before, digest_of, note_answer
from clinic.scheduling.actions.seats import choose_seats, drop_holds, lock_candidates, reserve
from clinic.scheduling.actions.terms import check_clock, check_hours
from clinic.scheduling.actions.wishes import Wish
from clinic.scheduling.enums import AppointmentStatus, BookingSource, DeedKind, ReservationReason
from clinic.scheduling.messages import queue_asked, queue_booked
from clinic.scheduling.models import Appointment, Hold

ARABIC_LETTER = re.compile(r"[\u0600-\u06FF\u0750-\u077F]")


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach whoever booked; `phone` is E.164, and both may be empty at the desk."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A visit that somebody asks for, and for whom. `overbooked` is the reason for a seat beside those of the
    practitioner, for staff.
    """

    wish: Wish
    contact: Contact
    language: str
    patient: Patient | None = None
    note: str = ""
    overbooked: str = ""
    proven: str = ""

    @property
    def asked(self) -> tuple[object, ...]:
        """What makes two requests the same."""
        wish = self.wish
        what = (wish.service.pk, wish.practitioner.pk, wish.location.pk, wish.starts_at.timestamp())
        return (*what, self.patient and self.patient.pk, self.contact, self.note)


def book_appointment(
    *,
    service: Service,
    practitioner: Practitioner,
    location: Location,
    starts_at: datetime,
    contact: Contact,
    language: str,
    source: BookingSource | str,
    by: AbstractBaseUser | None,
    patient: Patient | None = None,
    note: str = "",
    hold: Hold | None = None,
    sender: str = "",
    key: str = "",
    ignore_notice: bool = False,
    length: timedelta | None = None,
    overbooked: str = "",
    proven: str = "",
) -> Appointment:
    """Book a visit with all its resources, its audit event and its message, in one transaction.

    Where the clinic approves each booking, what a visitor books is a request that waits for it until `approve_by`.
    Without a `patient` one is made of `contact`. A `hold` is replaced by the booking; one that has ended books
    all the same if the time is still free. `sender` and `key` name the request: the same again returns the same
    appointment. `ignore_notice` is for staff, whom notice, horizon and the grid of starting times do not bind; so are
    `length`, another one than the service's, and `overbooked`, the reason for a seat beside those of the practitioner.
    `proven` is the channel by which the owner of `contact` has read a code.

    Raises `BookingRefused` and `RequestMismatch`; nothing is written then.
    """
    wish = Wish(service, practitioner, location, starts_at, length)
    booking = Booking(
        wish=wish,
        contact=contact,
        language=language,
        patient=patient,
        note=note,
        overbooked=overbooked,
        proven=proven,
    )

    def book() -> Appointment:
        if key:
            earlier = answered_before(sender=sender, key=key, digest=digest_of(*booking.asked))
            if earlier is not None:
                return earlier
        now = clock.now()
        if source == BookingSource.SITE and not service.is_public:
            raise BookingRefused("not_offered")
        check_clock(wish, now=now, ignore_notice=ignore_notice)
        resources = lock_candidates(wish)
        drop_holds(resources=resources, now=now, own=hold)
        appointment = write_booking(
            booking,
            patient=patient,
            resources=resources,
            now=now,
            source=source,
            by=by,
            ignore_notice=ignore_notice,
        )
        if key:
            note_answer(sender=sender, key=key, appointment=appointment)
        return appointment

    try:
        return in_transaction(book)
    except StillBusy:
        raise BookingRefused("busy") from None


def write_booking(
    booking: Booking,
    *,
    patient: Patient | None,
    resources: list[int],
    now: datetime,
    source: BookingSource | str,
    by: AbstractBaseUser | None,
    ignore_notice: bool,
) -> Appointment:
    """The visit with its reservations, event and message, under the locks of `resources`. Raises `BookingRefused`."""
    wish, contact = booking.wish, booking.contact
    check_hours(wish, now=now, ignore_notice=ignore_notice)
    seats = choose_seats(wish, resources=resources, extra=bool(booking.overbooked))
    # What staff book is approved by them.
    is_request = by is None and wish.service.needs_approval
    appointment = Appointment.objects.create(
        patient=patient or register_contact(contact, language=booking.language, source=source),
        practitioner=wish.practitioner,
        service=wish.service,
        location=wish.location,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        status=AppointmentStatus.PENDING if is_request else AppointmentStatus.BOOKED,
        approve_by=rules.deadline(wish.service, starts_at=wish.starts_at, now=now) if is_request else None,
        source=source,
        language=booking.language,
        contact_name=contact.name,
        contact_phone=contact.phone,
        contact_email=contact.email,
        proven=booking.proven,
        note=booking.note,
        overbooked=booking.overbooked,
    )
    reserve(wish, seats=seats, reason=ReservationReason.APPOINTMENT, appointment=appointment.pk)
    record_event(
        "appointment.requested" if is_request else "appointment.booked",
        subject_type="appointment",
        subject=appointment.reference,
        by=by,
        # Neither the service nor the practitioner: a visit to the cardiologist says something about a heart.
        detail={
            "location": wish.location.slug,
            "starts_at": wish.starts_at.isoformat(),
            "source": str(source),
        },
    )
    remember(DeedKind.BOOKED, appointment, by=by)
    (queue_asked if is_request else queue_booked)(appointment, due_at=told_from(by))
    return appointment


def register_contact(contact: Contact, *, language: str, source: BookingSource | str) -> Patient:
    """A new patient of what was typed: never matched with one that the clinic knows, for typing proves nothing."""
    return Patient.objects.create(
        **{"name_ar" if ARABIC_LETTER.search(contact.name) else "name_en": contact.name},
        phone=contact.phone,
        email=contact.email,
        language=language,
        origin=PatientOrigin.SITE if source == BookingSource.SITE else PatientOrigin.DESK,
    )
