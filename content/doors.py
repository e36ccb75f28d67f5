"""Whether the doors of a location are open now, and when that changes next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from clinic.directory.models import Closure, HoursTemplate, Location, OpeningHours, TemplateHours
from clinic.lib import clock

HORIZON = 60  # days: who opens later than this is shown as closed, without a day


@dataclass(frozen=True, slots=True)
class Doors:
    """`changes_at` (UTC) is when open doors close or closed doors open; None when that is not in sight.

    `closure` is what closes today's doors, if a closure does.
    """

    is_open: bool
    changes_at: datetime | None
    closure: Closure | None = None


def doors_of(
    location: Location,
    *,
    hours: Iterable[OpeningHours],
    closures: Iterable[Closure],
    now: datetime,
    special: Iterable[HoursTemplate] = (),
) -> Doors:
    """The state at `now` (aware). `hours` are the location's; on the days of `special` hours these stand in for them.
    What is of other locations is left aside.
    """
    ours = [each for each in closures if each.location_id in (None, location.pk)]
    instead = [each for each in special if each.location_id == location.pk]
    today = clock.local_day(now, location.time_zone)
    closure = closing(ours, today)
    for starts, ends in joined(stretches(list(hours), instead, ours, today, location.time_zone)):
        if now < starts:
            return Doors(is_open=False, changes_at=starts, closure=closure)
        if now < ends:
            return Doors(is_open=True, changes_at=ends)
    return Doors(is_open=False, changes_at=None, closure=closure)


def closing(closures: Iterable[Closure], day: date) -> Closure | None:
    return next((each for each in closures if each.first_day <= day <= each.last_day), None)


def stretches(
    hours: list[OpeningHours], special: list[HoursTemplate], closures: list[Closure], today: date, zone: str
) -> Iterator[tuple[datetime, datetime]]:
    """From when until when the doors are open, in UTC, from `today` on."""
    wall = ZoneInfo(zone)
    for day in (today + timedelta(days=ahead) for ahead in range(HORIZON)):
        if closing(closures, day):
            continue
        instead = next((each for each in special if each.first_day <= day <= each.last_day), None)
        rows: list[OpeningHours | TemplateHours] = [*(instead.hours.all() if instead else hours)]
        for each in sorted(rows, key=lambda row: row.starts):
            if each.weekday == day.isoweekday():
                begin, end = (datetime.combine(day, at, tzinfo=wall) for at in (each.starts, each.ends))
                yield begin.astimezone(UTC), end.astimezone(UTC)


def joined(parts: Iterator[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    """Two stretches that touch are one: nobody closes at noon to open at noon."""
    held: tuple[datetime, datetime] | None = None
    for starts, ends in parts:
        if held and starts <= held[1]:
            held = (held[0], ends)
            continue
        if held:
            yield held
        held = (starts, ends)
    if held:
        yield held
