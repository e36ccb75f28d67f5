"""How a status looks and what a desk does next. Colour never stands alone: icon and word say the same."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic.scheduling.enums import AppointmentStatus


@dataclass(frozen=True, slots=True)
class Step:
    """A button: the status that it leads to, its words and its icon."""

    status: AppointmentStatus
    label: str | Promise
    icon: str
    is_main: bool = False


ICONS = {
    AppointmentStatus.PENDING: "help",
    AppointmentStatus.BOOKED: "time",
    AppointmentStatus.ARRIVED: "login",
    AppointmentStatus.CALLED: "arrow-right",
    AppointmentStatus.CONSULTING: "user",
    AppointmentStatus.FULFILLED: "circle-check",
    AppointmentStatus.NOSHOW: "no-view",
    AppointmentStatus.GONE: "logout",
    AppointmentStatus.CANCELLED: "circle-xmark",
}

ARRIVED = Step(AppointmentStatus.ARRIVED, _("Has arrived"), "login", is_main=True)
COMPLETED = Step(AppointmentStatus.FULFILLED, _("Completed"), "circle-check", is_main=True)
NO_SHOW = Step(AppointmentStatus.NOSHOW, _("Did not come"), "no-view")
GONE = Step(AppointmentStatus.GONE, _("Has left without being seen"), "logout")
CALL = Step(AppointmentStatus.CALLED, _("Call"), "arrow-right")
BEGIN = Step(AppointmentStatus.CONSULTING, _("In consultation"), "user")
WAIT = Step(AppointmentStatus.ARRIVED, _("Back to the waiting room"), "rotate")
BACK = Step(AppointmentStatus.BOOKED, _("Undo: back to booked"), "rotate")

STEPS: dict[str, tuple[Step, ...]] = {
    AppointmentStatus.PENDING: (),
    AppointmentStatus.BOOKED: (ARRIVED, NO_SHOW),
    AppointmentStatus.ARRIVED: (COMPLETED, CALL, BEGIN, GONE, BACK),
    AppointmentStatus.CALLED: (COMPLETED, BEGIN, WAIT, GONE),
    AppointmentStatus.CONSULTING: (COMPLETED, WAIT),
    AppointmentStatus.FULFILLED: (BACK,),
    AppointmentStatus.NOSHOW: (ARRIVED, BACK),
    AppointmentStatus.GONE: (ARRIVED, BACK),
    AppointmentStatus.CANCELLED: (),
}
# The steps of the day's queue, the usual one first. The visit's own page has the others.
QUEUE: dict[str, tuple[Step, ...]] = {
    AppointmentStatus.BOOKED: (ARRIVED, NO_SHOW),
    AppointmentStatus.ARRIVED: (CALL, GONE),
    AppointmentStatus.CALLED: (BEGIN, WAIT, GONE),
    AppointmentStatus.CONSULTING: (COMPLETED, WAIT),
}


def next_step(status: str) -> Step | None:
    """The one step that usually comes next, for a button in a list."""
    return next((step for step in STEPS[status] if step.is_main and status != AppointmentStatus.NOSHOW), None)
