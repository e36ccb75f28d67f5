"""What becomes of a visit after it was booked. Each change raises its revision and leaves one audit event."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.db.models import Max

from clinic.audit.actions import record_event
from clinic.lib import clock
from clinic.lib.live import announce
from clinic.scheduling import rules
from clinic.scheduling.actions.deeds import WINDOW, remember, state_of, told_from
from clinic.scheduling.actions.locks import StillBusy, in_transaction
from clinic.scheduling.actions.refusals import ChangeRefused
from clinic.scheduling.enums import AppointmentStatus, DeedKind
from clinic.scheduling.messages import queue_cancelled, queue_not_booked
from clinic.scheduling.models import Appointment, Reservation
from clinic.scheduling.waitlist.waking import wake_waitlist


def cancel_appointment(
    *,
    appointment: Appointment,
    by: AbstractBaseUser | None,
    reason: str = "",
    enforce_cutoff: bool = False,
    tell_at: datetime | None = None,
) -> Appointment:
    """Cancel a visit, free its time and tell the patient. A visit that is cancelled already is returned as it is.

    `enforce_cutoff` holds a visitor to the service's cut-off; `tell_at` is when the patient hears of it: otherwise
    at once, or, of what staff do, when it can no longer be undone. Raises `ChangeRefused`.
    """

    def cancel() -> Appointment:
        current = fresh(appointment)
        if current.status == AppointmentStatus.CANCELLED:
            return current
        now = clock.now()
        if enforce_cutoff and not rules.can_cancel_online(current, now):
            raise ChangeRefused("cutoff" if rules.can_move(current, now) else "not_allowed")
        before, state = current.status, state_of(current, by=by)
        if not advance(current, AppointmentStatus.CANCELLED, now=now, cancel_reason=reason):
            # Somebody was faster. Two cancellations are one; anything else is for a person to look at.
            current = fresh(appointment)
            if current.status == AppointmentStatus.CANCELLED:
                return current
            raise ChangeRefused("changed")
        # Without the reason, in which people write of illness: it stands in the visit, whose readers are fewer.
        let_go(current, "appointment.cancelled", before=before, by=by)
        remember(DeedKind.CANCELLED, current, by=by, before=state)
        # What was never agreed stands in no calendar: nothing is to be taken out of one.
        tell = queue_not_booked if before == AppointmentStatus.PENDING else queue_cancelled
        tell(current, due_at=tell_at or told_from(by))
        return current

    try:
        return in_transaction(cancel)
    except StillBusy:
        raise ChangeRefused("busy") from None


def change_status(
    *, appointment: Appointment, status: AppointmentStatus | str, by: AbstractBaseUser | None
) -> Appointment:
    """Note that the patient arrived, was seen or did not come, or take that back; `rules` says what may follow what.

    `appointment` is the visit as the caller saw it: if it has changed since, `ChangeRefused("changed")` is raised,
    unless it already is what was asked. A no-show keeps its time, so that the mark can be taken back.
    """
    status = AppointmentStatus(status)
    if status == AppointmentStatus.CANCELLED:
        return cancel_appointment(appointment=appointment, by=by)

    def change() -> Appointment:
        current = fresh(appointment)
        if current.status == status:
            return current
        if current.revision != appointment.revision:
            raise ChangeRefused("changed")
        if current.status == AppointmentStatus.PENDING:
            raise ChangeRefused("not_allowed")  # it is approved or refused: see `approvals`
        before, state = current.status, state_of(current, by=by)
        now = clock.now()
        values = rules.moments_of(current, status, now=now)
        if status == AppointmentStatus.ARRIVED and current.token is None:
            values |= _next_token(current)
        if not advance(current, status, now=now, **values):
            current = fresh(appointment)
            if current.status == status:
                return current
            raise ChangeRefused("changed")
        announce("visits", location=current.location, at=current.starts_at)
        record_change(current, "appointment.status", before=before, by=by)
        remember(DeedKind.STATUS, current, by=by, before=state)
        return current

    try:
        return in_transaction(change)
    except StillBusy:
        raise ChangeRefused("busy") from None


def fresh(appointment: Appointment) -> Appointment:
    """The visit as it is now, with all that its rules and messages read."""
    known = Appointment.objects.select_related("service", "location", "practitioner", "patient")
    return known.get(pk=appointment.pk)


def _next_token(current: Appointment) -> dict[str, Any]:
    """The next number of the location's day. Numbers are given one after the other, and never twice."""
    day = clock.local_day(current.starts_at, current.location.time_zone)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('token ' || %s || ' ' || %s, 0))",
            [str(current.location_id), day.isoformat()],
        )
    last = Appointment.objects.filter(location=current.location_id, token_day=day).aggregate(last=Max("token"))["last"]
    return {"token": (last or 0) + 1, "token_day": day}


def advance(current: Appointment, status: AppointmentStatus, *, now: datetime, **values: Any) -> bool:
    """Compare and swap: move `current` on if nobody did since it was read. Raises `ChangeRefused` by the rules."""
    code = rules.objection(current, status, now=now)
    if code:
        raise ChangeRefused(code)
    values |= {"status": status, "approve_by": None}
    unchanged = Appointment.objects.filter(pk=current.pk, revision=current.revision)
    if not unchanged.update(revision=current.revision + 1, **values):
        return False
    current.revision += 1
    for name, value in values.items():
        setattr(current, name, value)
    return True


def let_go(current: Appointment, verb: str, *, before: str, by: AbstractBaseUser | None) -> None:
    """Free the time of a visit that has just been cancelled, note it, and ask who waits for such a time."""
    Reservation.objects.filter(appointment=current).delete()
    announce("visits", location=current.location, at=current.starts_at)
    record_change(current, verb, before=before, by=by)
    wake_waitlist(current.service_id, after=WINDOW if by else timedelta())


def record_change(current: Appointment, verb: str, *, before: str, by: AbstractBaseUser | None) -> None:
    record_event(
        verb,
        subject_type="appointment",
        subject=current.reference,
        by=by,
        detail={"from": str(before), "to": str(current.status), "revision": current.revision},
    )
