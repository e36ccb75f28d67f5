"""What stands in the columns: visits, and times that are taken by something else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from clinic.desk.board.asked import Asked
from clinic.desk.board.hours import Span, minutes
from clinic.desk.board.visits import Visit
from clinic.desk.status import ICONS
from clinic.scheduling.enums import AppointmentStatus, ReservationReason
from clinic.scheduling.models import Reservation
from clinic.scheduling.overlaps import overlaps
from clinic.scheduling.rules import can_move

# What lies below the visits of a column instead of beside them.
AWAY = {ReservationReason.LEAVE, ReservationReason.MAINTENANCE, ReservationReason.CLOSURE}
SHORTEST = 5  # minutes: what is shorter could not be seen


@dataclass(slots=True)
class Block:
    """From minute `start` to minute `end` of its column's day. Blocks that overlap stand in `lanes` side by side."""

    id: str
    column: str
    start: int
    end: int
    data: dict[str, Any] = field(default_factory=dict)
    lane: int = 0
    lanes: int = 1

    def as_data(self) -> dict[str, Any]:
        place = {"id": self.id, "column": self.column, "from": self.start, "until": self.end}
        return {**place, "lane": self.lane, "lanes": self.lanes, **self.data}


def pieces(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> Iterator[tuple[date, Span]]:
    """The minutes of the wall clock that a time covers on each local day; a whole day is 0 to 1440."""
    starts, ends = starts_at.astimezone(zone), ends_at.astimezone(zone)
    day = starts.date()
    while day <= ends.date():
        first = minutes(starts.time()) if day == starts.date() else 0
        last = minutes(ends.time()) if day == ends.date() else 24 * 60
        if last or day == starts.date():
            # An hour that the clock shows twice ends before it began.
            yield day, (first, min(max(last, first + SHORTEST), 24 * 60))
        day += timedelta(days=1)


def visit_data(
    visit: Visit, *, labels: Mapping[AppointmentStatus, str], now: datetime, may_change: bool
) -> dict[str, Any]:
    status = AppointmentStatus(visit.status)
    return {
        "reference": visit.reference,
        "revision": visit.revision,
        "name": visit.patient,
        "service": visit.service,
        "what": visit.service_name,
        "who": visit.practitioner_name,
        "practitioner": visit.practitioner,
        "where": visit.room_name,
        "kind": visit.room_kind,
        "status": status.value,
        "label": labels[status],
        "icon": ICONS[status],
        "length": visit.length,
        "extra": _("Extra seat") if visit.is_extra else "",
        "moves": may_change and can_move(visit, now),
    }


def other_reservations(resources: Iterable[int], *, asked: Asked, now: datetime) -> QuerySet[Reservation]:
    """What takes the time of `resources` on the days that are asked for, but for visits to this location.

    A hold that has ended takes nothing.
    """
    around = Reservation.objects.filter(overlaps(*asked.bounds), resource__in=list(resources))
    others = around.exclude(hold__expires_at__lte=now).exclude(appointment__location=asked.location)
    return others.select_related("appointment__location").order_by("pk")


def buffer_data() -> dict[str, Any]:
    return {"reason": "buffer", "label": _("Buffer"), "icon": "history"}


def taken_data(reservation: Reservation) -> dict[str, Any]:
    """A time that is taken, without a word about the person: a hold, leave, or a visit at another location."""
    if visit := reservation.appointment:
        label, icon = _("At %(location)s") % {"location": visit.location.name}, "site"
        return {"reason": "elsewhere", "label": label, "icon": icon}
    reason = ReservationReason(reservation.reason)
    return {"reason": reason.value, "label": reason.label, "icon": "spinner" if reason == "hold" else "lock"}


def as_one(blocks: Iterable[Block]) -> list[Block]:
    """What is away in several seats, or before and after a visit, is away once: spans that touch become one."""
    found: list[Block] = []
    for block in sorted(blocks, key=lambda block: (block.column, block.data["reason"], block.start)):
        last = found[-1] if found else None
        if (
            last
            and (last.column, last.data["reason"]) == (block.column, block.data["reason"])
            and block.start <= last.end
        ):
            last.end = max(last.end, block.end)
        else:
            found.append(block)
    return found


def side_by_side(blocks: Iterable[Block]) -> list[Block]:
    """Give each block a lane among those that it overlaps; in the order of their columns' time."""
    ordered = sorted(blocks, key=lambda block: (block.column, block.start, block.end, block.id))
    group: list[Block] = []
    ends: list[int] = []  # of each lane of the group
    for block in ordered:
        if group and (block.column != group[0].column or block.start >= max(ends)):
            group, ends = [], []
        free = next((lane for lane, end in enumerate(ends) if end <= block.start), len(ends))
        ends[free : free + 1] = [block.end]
        block.lane = free
        group.append(block)
        for each in group:
            each.lanes = len(ends)
    return ordered
