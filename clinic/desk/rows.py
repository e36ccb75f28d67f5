"""A visit as one line of a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from clinic.desk.queries import reserved_places
from clinic.desk.status import Step, next_step
from clinic.scheduling.models import Appointment
from clinic.scheduling.rules import can_move, objection


@dataclass(frozen=True, slots=True)
class Row:
    """`starts` and `ends` are on the wall clock of the location. `after_now` marks the first that is to come."""

    visit: Appointment
    starts: datetime
    ends: datetime
    step: Step | None
    may_move: bool = False
    after_now: bool = False

    @property
    def places(self) -> list[str]:
        return [place.resource.name for place in reserved_places(self.visit)]


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    is_today: bool
    rows: Sequence[Row]


def local(visit: Appointment) -> tuple[datetime, datetime]:
    zone = ZoneInfo(visit.location.time_zone)
    return visit.starts_at.astimezone(zone), visit.ends_at.astimezone(zone)


def by_day(visits: Iterable[Appointment], *, now: datetime, may_change: bool) -> list[Day]:
    """`visits`, in their order, under the local day of each. The "now" mark stands in today's list only."""
    days: list[Day] = []
    rows: list[Row] = []
    marked = False
    for visit in visits:
        starts, ends = local(visit)
        today = now.astimezone(starts.tzinfo).date()
        if not days or days[-1].day != starts.date():
            rows, marked = [], False
            days.append(Day(starts.date(), starts.date() == today, rows))
        coming = starts.date() == today and visit.starts_at > now and not marked
        marked = marked or coming
        step = next_step(visit.status) if may_change else None
        if step and objection(visit, step.status, now=now):
            step = None
        may_move = may_change and can_move(visit, now)
        rows.append(Row(visit, starts, ends, step, may_move, after_now=coming and bool(rows)))
    return days
