"""What may become of a visit, and when. Pure functions: rows, clocks and locks are the actions' business."""

from datetime import datetime, timedelta
from typing import Protocol

from clinic.directory.models import Service
from clinic.lib import clock
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment

# A cancelled visit has given its time away, so it never comes back: book again. All else can be undone, because
# reception works fast and slips.
NEXT = {
    AppointmentStatus.PENDING: {
        AppointmentStatus.BOOKED,
        AppointmentStatus.CANCELLED,
    },
    AppointmentStatus.BOOKED: {
        AppointmentStatus.ARRIVED,
        AppointmentStatus.FULFILLED,
        AppointmentStatus.NOSHOW,
        AppointmentStatus.CANCELLED,
    },
    AppointmentStatus.ARRIVED: {
        AppointmentStatus.CALLED,
        AppointmentStatus.CONSULTING,
        AppointmentStatus.FULFILLED,
        AppointmentStatus.GONE,
        AppointmentStatus.BOOKED,
        AppointmentStatus.CANCELLED,
    },
    AppointmentStatus.CALLED: {
        AppointmentStatus.CONSULTING,
        AppointmentStatus.FULFILLED,
        AppointmentStatus.GONE,
        AppointmentStatus.ARRIVED,
    },
    AppointmentStatus.CONSULTING: {
        AppointmentStatus.FULFILLED,
        AppointmentStatus.CALLED,
        AppointmentStatus.ARRIVED,
    },
    AppointmentStatus.FULFILLED: {
        AppointmentStatus.CONSULTING,
        AppointmentStatus.ARRIVED,
        AppointmentStatus.BOOKED,
    },
    AppointmentStatus.NOSHOW: {AppointmentStatus.ARRIVED, AppointmentStatus.BOOKED},
    AppointmentStatus.GONE: {AppointmentStatus.ARRIVED, AppointmentStatus.BOOKED},
    AppointmentStatus.CANCELLED: set(),
}
# In the order of a visit: when each was reached. A step back forgets those that come after it.
MOMENTS = (
    (AppointmentStatus.ARRIVED, "arrived_at"),
    (AppointmentStatus.CALLED, "called_at"),
    (AppointmentStatus.CONSULTING, "began_at"),
    (AppointmentStatus.FULFILLED, "finished_at"),
)
# To come, or going on.
OPEN = (
    AppointmentStatus.PENDING,
    AppointmentStatus.BOOKED,
    AppointmentStatus.ARRIVED,
    AppointmentStatus.CALLED,
    AppointmentStatus.CONSULTING,
)


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
    # A request of the past was never a visit: it can always be ended.
    was_agreed = appointment.status != AppointmentStatus.PENDING
    if status == AppointmentStatus.CANCELLED and was_agreed and now >= appointment.ends_at:
        return "over"
    return ""


def deadline(service: Service, *, starts_at: datetime, now: datetime) -> datetime:
    """Until when the clinic has to approve what is asked for at `now`: never later than the visit begins."""
    return min(now + timedelta(hours=service.approval_hours), starts_at)


def moments_of(
    appointment: Appointment, status: AppointmentStatus | str, *, now: datetime
) -> dict[str, datetime | None]:
    """What the moments of the queue become when `appointment` becomes `status` at `now`.

    Whoever left keeps the moments that they had; for anybody else a later step than `status` has not happened.
    """
    if status in (AppointmentStatus.GONE, AppointmentStatus.CANCELLED):
        return {}
    order = [step for step, _field in MOMENTS]
    place = order.index(AppointmentStatus(status)) if status in order else -1
    return {
        field: None if number > place else (now if number == place else getattr(appointment, field))
        for number, (_step, field) in enumerate(MOMENTS)
    }


def turn_of(appointment: Appointment) -> tuple[datetime, int]:
    """What those who wait are sorted by: their time, or their arrival if they came after it.

    Whoever comes early overtakes nobody, and whoever comes late finds others before them.
    """
    return max(appointment.starts_at, appointment.arrived_at or appointment.starts_at), appointment.pk


class Timed(Protocol):
    """A visit, or what was read of it."""

    @property
    def status(self) -> str: ...
    @property
    def ends_at(self) -> datetime: ...


def can_move(appointment: Timed, now: datetime) -> bool:
    """Whether the visit can be given another time: it has neither begun to be seen nor ended."""
    return appointment.status in (AppointmentStatus.PENDING, AppointmentStatus.BOOKED) and now < appointment.ends_at


def can_cancel_online(appointment: Appointment, now: datetime) -> bool:
    """Whether the patient may still cancel by themselves: booked, and before the cut-off of its service."""
    cutoff = last_moment_to_cancel(appointment)
    waiting = (AppointmentStatus.PENDING, AppointmentStatus.BOOKED)
    return appointment.status in waiting and now <= cutoff and now < appointment.starts_at


def can_move_online(appointment: Appointment, now: datetime) -> bool:
    """Whether the patient may choose another time by themselves: while they may cancel, and of what the site offers.

    A visit of another length than its service's, or on an extra seat, was arranged by a person.
    """
    service = appointment.service
    is_usual = appointment.ends_at - appointment.starts_at == timedelta(minutes=service.duration)
    return can_cancel_online(appointment, now) and service.is_public and is_usual and not appointment.overbooked


def can_confirm(appointment: Appointment, now: datetime) -> bool:
    """Whether the patient can promise to come: the visit is agreed, and has not begun."""
    return appointment.status == AppointmentStatus.BOOKED and now < appointment.starts_at


def last_moment_to_cancel(appointment: Appointment) -> datetime:
    """Until when the patient may cancel by themselves; later they call."""
    return appointment.starts_at - timedelta(minutes=appointment.service.cancel_cutoff)
