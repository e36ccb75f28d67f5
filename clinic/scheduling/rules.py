"""What may become of a visit, and when. Pure functions: rows, clocks and locks are the actions' business."""

from datetime import datetime, timedelta

from clinic.lib import clock
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment

# A cancelled visit has given its time away, so it never comes back: book again. All else can be undone, because
# reception works fast and slips.
NEXT = {
    AppointmentStatus.BOOKED: {
        AppointmentStatus.ARRIVED,
        AppointmentStatus.FULFILLED,
        AppointmentStatus.NOSHOW,
        AppointmentStatus.CANCELLED,
    },
    AppointmentStatus.ARRIVED: {
        AppointmentStatus.FULFILLED,
        AppointmentStatus.BOOKED,
        AppointmentStatus.CANCELLED,
    },
    AppointmentStatus.FULFILLED: {AppointmentStatus.ARRIVED, AppointmentStatus.BOOKED},
    AppointmentStatus.NOSHOW: {AppointmentStatus.ARRIVED, AppointmentStatus.BOOKED},
    AppointmentStatus.CANCELLED: set(),
}


def allowed_statuses(status: AppointmentStatus | str) -> set[AppointmentStatus]:
    """The statuses that may follow `status`."""
    return set(NEXT[AppointmentStatus(status)])


def objection(appointment: Appointment, status: AppointmentStatus | str, *, now: datetime) -> str:
    """Why `appointment` cannot become `status` at `now`, as a code of `CHANGE_REFUSALS`; empty when it can.

    People arrive on the local day of their visit; nobody has failed to come, and no visit is complete, before
    the one has begun or the other's day has come; what is over cannot be cancelled.
    """
    status = AppointmentStatus(status)
    if status not in NEXT[AppointmentStatus(appointment.status)]:
        return "not_allowed"
    zone = appointment.location.time_zone
    today, day = clock.local_day(now, zone), clock.local_day(appointment.starts_at, zone)
    if status == AppointmentStatus.ARRIVED and today != day:
        return "wrong_day"
    if status == AppointmentStatus.FULFILLED and today < day:
        return "too_early"
    if status == AppointmentStatus.NOSHOW and now < appointment.starts_at:
        return "too_early"
    if status == AppointmentStatus.CANCELLED and now >= appointment.ends_at:
        return "over"
    return ""


def can_cancel_online(appointment: Appointment, now: datetime) -> bool:
    """Whether the patient may still cancel by themselves: booked, and before the cut-off of its service."""
    cutoff = last_moment_to_cancel(appointment)
    return appointment.status == AppointmentStatus.BOOKED and now <= cutoff and now < appointment.starts_at


def last_moment_to_cancel(appointment: Appointment) -> datetime:
    """Until when the patient may cancel by themselves; later they call."""
    return appointment.starts_at - timedelta(minutes=appointment.service.cancel_cutoff)
