"""The week of one room or device: visits with their buffers, maintenance, and what is free."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from clinic.desk.board.blocks import pieces
from clinic.desk.board.hours import Span, minutes, reach
from clinic.desk.queries import visits_for
from clinic.directory.models import Closure, Device, Location, Resource, Room
from clinic.directory.workdays import Workdays
from clinic.lib import clock
from clinic.scheduling.enums import ReservationReason
from clinic.scheduling.models import Appointment, Reservation
from clinic.scheduling.overlaps import overlaps

DAYS = 7
SHORTEST = 15  # minutes: what is free for less is not told


@dataclass(frozen=True, slots=True)
class Item:
    """From minute `start` to minute `end` of its day. Only a visit that the reader may see has a `visit`."""

    start: int
    end: int
    kind: str
    label: str
    visit: Appointment | None = None
    seat: int = 1

    @property
    def times(self) -> str:
        return clock_text(self.start, self.end)


@dataclass(frozen=True, slots=True)
class WeekDay:
    day: date
    is_today: bool
    closed: str
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Week:
    """`first` and `last` are the minutes between which the grid stands."""

    days: Sequence[WeekDay]
    first: int
    last: int


def clock_text(start: int, end: int) -> str:
    """ "09:00–09:30" as plain text, isolated so that Arabic does not turn it round."""
    return f"\u2066{start // 60:02}:{start % 60:02}–{end // 60:02}:{end % 60:02}\u2069"


def week_of(place: Room | Device, first_day: date, *, user: Any, now: datetime) -> Week:
    """Seven days from `first_day` as `user` may see them, in a constant number of queries."""
    location, zone = place.location, ZoneInfo(place.location.time_zone)
    days = [first_day + timedelta(days=number) for number in range(DAYS)]
    taken: dict[date, list[Item]] = {day: [] for day in days}
    for item_day, item in items_of(place, days, user=user, now=now, zone=zone):
        if item_day in taken:
            taken[item_day].append(item)
    doors = Workdays(location, days[0], days[-1], with_doors=True)
    spans = {day: [(minutes(begin), minutes(end)) for begin, end in doors.doors_on(day)] for day in days}
    closed = closures_on(location, days)
    table = []
    for day in days:
        free = [] if day in closed or not place.is_active else free_items(place, spans[day], taken[day])
        items = sorted([*taken[day], *free], key=lambda item: (item.start, item.seat, item.end))
        table.append(WeekDay(day, day == now.astimezone(zone).date(), closed.get(day, ""), items))
    whole = [(item.start, item.end) for day in days for item in taken[day] if item.end - item.start < 24 * 60]
    first, last = reach([*whole, *(span for day in days for span in spans[day])])
    return Week(table, first, last)


def items_of(
    place: Resource, days: Sequence[date], *, user: Any, now: datetime, zone: ZoneInfo
) -> Iterator[tuple[date, Item]]:
    begin, end = clock.day_bounds(days[0], str(zone))[0], clock.day_bounds(days[-1], str(zone))[1]
    rows = Reservation.objects.filter(overlaps(begin, end), resource=place.pk).exclude(hold__expires_at__lte=now)
    found = list(rows.select_related("absence").order_by("during", "seat"))
    visits = {row.appointment_id for row in found if row.appointment_id}
    shown = visits_for(user).filter(pk__in=visits).select_related("patient", "practitioner", "service", "location")
    known = {visit.pk: visit for visit in shown}
    times = {
        pk: (starts, ends)
        for pk, starts, ends in Appointment.objects.filter(pk__in=visits).values_list("pk", "starts_at", "ends_at")
    }
    for row in found:
        for starts, ends, kind, label, visit in parts_of(row, times, known):
            for day, (first, last) in pieces(starts, ends, zone):
                yield day, Item(first, last, kind, label, visit, row.seat)


def parts_of(
    row: Reservation, times: dict[int, tuple[datetime, datetime]], known: dict[int, Appointment]
) -> Iterator[tuple[datetime, datetime, str, str, Appointment | None]]:
    """A reservation as its visit with the buffers around it, or as what else takes the time."""
    lower, upper = row.during.lower, row.during.upper
    if row.appointment_id is None:
        reason = ReservationReason(row.reason)
        note = row.absence.note if row.absence else row.note
        yield lower, upper, reason.value, " · ".join(filter(None, [str(reason.label), note])), None
        return
    starts, ends = times[row.appointment_id]
    if lower < starts:
        yield lower, starts, "buffer", _("Buffer"), None
    visit = known.get(row.appointment_id)
    yield starts, ends, "visit", _("Visit"), visit
    if ends < upper:
        yield ends, upper, "buffer", _("Buffer"), None


def free_items(place: Resource, doors: Iterable[Span], taken: Iterable[Item]) -> list[Item]:
    """What is left of the opening hours while one seat at least is free."""
    use = [0] * (24 * 60 + 1)
    for item in taken:
        use[item.start] += 1
        use[item.end] -= 1
    found: list[Span] = []
    for opens, closes in doors:
        count = sum(use[: opens + 1])
        begin = opens if count < place.seats else None
        for minute in range(opens + 1, closes + 1):
            count += use[minute]
            is_free = count < place.seats and minute < closes
            if begin is not None and not is_free:
                found.append((begin, minute))
                begin = None
            elif begin is None and is_free:
                begin = minute
    return [Item(begin, end, "free", _("Free")) for begin, end in found if end - begin >= SHORTEST]


def closures_on(location: Location, days: Sequence[date]) -> dict[date, str]:
    here = Q(location=location) | Q(location=None)
    closures = Closure.objects.filter(here, first_day__lte=days[-1], last_day__gte=days[0])
    return {row_day: row.name for row in closures for row_day in days if row.first_day <= row_day <= row.last_day}
