"""Giving a visit another time, person or place. The old time is let go only when the new one is held."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser

from clinic.audit.actions import record_event
from clinic.directory.models import Location, Practitioner, Room
from clinic.lib import clock
from clinic.lib.live import announce
from clinic.scheduling import rules
from clinic.scheduling.actions.changes import fresh
from clinic.scheduling.actions.deeds import WINDOW, remember, state_of, told_from
from clinic.scheduling.actions.locks import StillBusy, in_transaction
from clinic.scheduling.actions.refusals import BookingRefused, ChangeRefused
from clinic.scheduling.actions.seats import choose_seats, drop_holds, lock_for, reserve
from clinic.scheduling.actions.terms import check_clock, check_hours
from clinic.scheduling.actions.wishes import Wish
from clinic.scheduling.enums import AppointmentStatus, DeedKind, ReservationReason
from clinic.scheduling.messages import queue_asked, queue_moved
from clinic.scheduling.models import Appointment, Hold, Reservation
from clinic.scheduling.waitlist.waking import wake_waitlist


def move_appointment(
    *,
    appointment: Appointment,
    starts_at: datetime,
    by: AbstractBaseUser | None,
    practitioner: Practitioner | None = None,
    location: Location | None = None,
    room: Room | None = None,
    length: timedelta | None = None,
    hold: Hold | None = None,
    enforce_cutoff: bool = False,
    ignore_notice: bool = False,
    overbooked: str = "",
    tell: bool = True,
    tell_at: datetime | None = None,
) -> Appointment:
    """Move a visit, in one transaction with its reservations, its audit event and its message.

    What is not given stays as it is; of rooms and devices another is taken when the present one is not free, but for a
    `room` that is given. `appointment` is the visit as the caller saw it: if it has changed since,
    `ChangeRefused("changed")` is raised, unless it already stands where it is asked to. A `hold` is the caller's own,
    replaced by the visit. `enforce_cutoff` holds a visitor to the cut-off; `ignore_notice`, `length` and `overbooked`
    are for staff, as in `book_appointment`. `tell_at` is when the patient hears of it, otherwise at once, or, of
    what staff do, when it can no longer be undone; without `tell` never. A change of the length alone is told to
    nobody.

    Raises `ChangeRefused` when this visit cannot be moved, `BookingRefused` when the time cannot be had; nothing is
    written then, and the visit keeps its old time.
    """

    def move() -> Appointment:
        current = fresh(appointment)
        wish = Wish(
            current.service,
            practitioner or current.practitioner,
            location or current.location,
            starts_at,
            length or current.ends_at - current.starts_at,
        )
        held = list(Reservation.objects.filter(appointment=current).values_list("resource", flat=True))
        if stands(current, wish) and (room is None or room.pk in held):
            return current
        if current.revision != appointment.revision:
            raise ChangeRefused("changed")
        now = clock.now()
        check_may_move(current, now=now, enforce_cutoff=enforce_cutoff)
        check_clock(wish, now=now, ignore_notice=ignore_notice)
        resources = lock_for([wish], others=held)[0]
        drop_holds(resources=resources, now=now, own=hold)
        check_hours(wish, now=now, ignore_notice=ignore_notice)
        if room is not None:
            resources = without_other_rooms(resources, room)
        seats = choose_seats(wish, resources=resources, own=current.pk, kept=held, extra=bool(overbooked))
        state = state_of(current, by=by)
        before = {"from": current.starts_at.isoformat(), "until": current.ends_at.isoformat()}
        told = tell and (current.starts_at, current.practitioner_id, current.location_id) != (
            starts_at,
            wish.practitioner.pk,
            wish.location.pk,
        )
        unchanged = Appointment.objects.filter(pk=current.pk, revision=current.revision)
        if not unchanged.update(
            practitioner=wish.practitioner,
            location=wish.location,
            starts_at=wish.starts_at,
            ends_at=wish.ends_at,
            revision=current.revision + 1,
            overbooked=overbooked,
            confirmed_at=None if told else current.confirmed_at,
            approve_by=min(current.approve_by, wish.starts_at) if current.approve_by else None,
        ):
            raise ChangeRefused("changed")
        Reservation.objects.filter(appointment=current).delete()
        announce("visits", location=current.location, at=current.starts_at)
        reserve(wish, seats=seats, reason=ReservationReason.APPOINTMENT, appointment=current.pk)
        current = fresh(current)
        record_event(
            "appointment.moved",
            subject_type="appointment",
            subject=current.reference,
            by=by,
            detail=before
            | {
                "starts_at": current.starts_at.isoformat(),
                "ends_at": current.ends_at.isoformat(),
                "location": current.location.slug,
                "revision": current.revision,
            },
        )
        remember(DeedKind.MOVED, current, by=by, before=state)
        if told:
            tell_patient = queue_asked if current.status == AppointmentStatus.PENDING else queue_moved
            tell_patient(current, due_at=tell_at or told_from(by))
        wake_waitlist(current.service_id, after=WINDOW if by else timedelta())
        return current

    try:
        return in_transaction(move)
    except StillBusy:
        raise BookingRefused("busy") from None


def without_other_rooms(resources: list[int], room: Room) -> list[int]:
    """`resources` with no room but `room`; one that cannot serve the visit is not among them, and leaves none."""
    others = set(Room.objects.filter(pk__in=resources).exclude(pk=room.pk).values_list("pk", flat=True))
    return [each for each in resources if each not in others]


def stands(current: Appointment, wish: Wish) -> bool:
    """Whether the visit is already as wished."""
    return (current.practitioner_id, current.location_id, current.starts_at, current.ends_at) == (
        wish.practitioner.pk,
        wish.location.pk,
        wish.starts_at,
        wish.ends_at,
    )


def check_may_move(current: Appointment, *, now: datetime, enforce_cutoff: bool) -> None:
    """Raises `ChangeRefused` with "not_allowed" or "cutoff"."""
    if not rules.can_move(current, now):
        raise ChangeRefused("not_allowed")
    if enforce_cutoff and not rules.can_cancel_online(current, now):
        raise ChangeRefused("cutoff")
