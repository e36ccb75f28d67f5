"""Deciding about what visitors asked for where the clinic approves each booking: yes, no, or no answer in time."""

import logging

from django.contrib.auth.models import AbstractBaseUser

from clinic.lib import clock
from clinic.lib.live import announce
from clinic.scheduling.actions.changes import advance, fresh, let_go, record_change
from clinic.scheduling.actions.deeds import remember, state_of, told_from
from clinic.scheduling.actions.locks import StillBusy, in_transaction
from clinic.scheduling.actions.refusals import ChangeRefused
from clinic.scheduling.enums import AppointmentStatus, DeedKind, Ending
from clinic.scheduling.messages import queue_booked, queue_not_booked
from clinic.scheduling.models import Appointment

log = logging.getLogger(__name__)


def approve_appointment(*, appointment: Appointment, by: AbstractBaseUser) -> Appointment:
    """Agree to what was asked for: the visit is booked, and the patient is told when that can no longer be undone.

    `appointment` is the request as `by` saw it; one that is booked already is returned as it is. Raises
    `ChangeRefused` with "changed", "not_allowed", "too_late" or "busy".
    """

    def approve() -> Appointment:
        current = fresh(appointment)
        if current.status == AppointmentStatus.BOOKED:
            return current
        check_still_asked(current, seen=appointment)
        now = clock.now()
        if current.approve_by and now >= current.approve_by:
            raise ChangeRefused("too_late")  # also while nobody has ended it yet: the patient was told until when
        state = state_of(current, by=by)
        if not advance(current, AppointmentStatus.BOOKED, now=now):
            raise ChangeRefused("changed")
        announce("visits", location=current.location, at=current.starts_at)
        record_change(current, "appointment.approved", before=AppointmentStatus.PENDING, by=by)
        remember(DeedKind.APPROVED, current, by=by, before=state)
        queue_booked(current, due_at=told_from(by))
        return current

    try:
        return in_transaction(approve)
    except StillBusy:
        raise ChangeRefused("busy") from None


def refuse_appointment(*, appointment: Appointment, reason: str, by: AbstractBaseUser) -> Appointment:
    """Say no to what was asked for: its time is free, and the patient is told, with `reason` if there is one.

    `appointment` and what is raised are as for `approve_appointment`; one that was refused already is returned as it
    is.
    """

    def refuse() -> Appointment:
        current = fresh(appointment)
        if current.ending == Ending.REFUSED:
            return current
        check_still_asked(current, seen=appointment)
        state = state_of(current, by=by)
        if not end(current, Ending.REFUSED, reason=reason, by=by):
            raise ChangeRefused("changed")
        remember(DeedKind.REFUSED, current, by=by, before=state)
        return current

    try:
        return in_transaction(refuse)
    except StillBusy:
        raise ChangeRefused("busy") from None


def expire_requests() -> int:
    """End the requests that nobody answered in time, and tell the patients; how many.

    It may run twice, late, and beside itself or a decision: whoever is first decides. One request that cannot be ended
    stops no other.
    """
    overdue = Appointment.objects.filter(status=AppointmentStatus.PENDING, approve_by__lte=clock.now())
    ended = 0
    for request in overdue.order_by("approve_by", "pk"):

        def expire(request: Appointment = request) -> int:
            current = fresh(request)
            is_due = current.status == AppointmentStatus.PENDING and current.revision == request.revision
            return int(is_due and end(current, Ending.EXPIRED, reason="", by=None))

        try:
            ended += in_transaction(expire)
        except StillBusy:
            continue  # the next run finds it
        except Exception:  # whatever is wrong with one request, others wait behind it
            log.exception("The request %s could not be ended", request.reference)
    return ended


def check_still_asked(current: Appointment, *, seen: Appointment) -> None:
    """Raises `ChangeRefused("changed")` for what is no request any more, or another one than was seen."""
    if current.status != AppointmentStatus.PENDING or current.revision != seen.revision:
        raise ChangeRefused("changed")


def end(current: Appointment, ending: Ending, *, reason: str, by: AbstractBaseUser | None) -> bool:
    """Cancel a request with all that follows; False, with nothing written, when somebody was faster."""
    gone = AppointmentStatus.CANCELLED
    if not advance(current, gone, now=clock.now(), ending=ending, cancel_reason=reason):
        return False
    # Without the reason: it stands in the visit, whose readers are fewer.
    let_go(current, f"appointment.{ending}", before=AppointmentStatus.PENDING, by=by)
    queue_not_booked(current, due_at=told_from(by))
    return True
