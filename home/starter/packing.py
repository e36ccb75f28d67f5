"""Filling a day: which visits fit beside each other, by the same rules as a real booking.

A visit starts on the grid of its service, counted from the beginning of the working period; with its buffers it
lies inside that period; and it takes the practitioner, and a room and a device of the kinds that its service names.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from clinic.directory.models import Closure, Device, Location, Practitioner, Room, Service, WorkingHours

Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Period:
    """From `opens` to `closes` (UTC) a practitioner works at a location without a break."""

    practitioner: Practitioner
    location: Location
    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """A visit that fits: its start and end, and the resources that it takes for `taken`."""

    starts_at: datetime
    ends_at: datetime
    taken: Interval
    resources: tuple[int, ...]


class Calendar:
    """Who and what is taken, by the primary key of a resource."""

    def __init__(self) -> None:
        self.taken: dict[int, list[Interval]] = defaultdict(list)

    def is_free(self, resource: int, span: Interval) -> bool:
        return all(span[1] <= begin or end <= span[0] for begin, end in self.taken[resource])

    def take(self, resources: Iterable[int], span: Interval) -> None:
        for resource in resources:
            self.taken[resource].append(span)


def read_equipment() -> dict[tuple[int, str], list[int]]:
    """The rooms and devices in use, by location and kind."""
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    for room in Room.objects.filter(is_active=True).order_by("pk"):
        found[room.location_id, f"room {room.room_kind}"].append(room.pk)
    for device in Device.objects.filter(is_active=True).order_by("pk"):
        found[device.location_id, f"device {device.device_kind}"].append(device.pk)
    return found


def periods_of(day: date, hours: list[WorkingHours], closures: list[Closure]) -> Iterator[Period]:
    """The working periods of a local day, without those of a location that is closed then."""
    for row in hours:
        begins, ends = row.valid_from or date.min, row.valid_until or date.max
        closed = any(
            each.first_day <= day <= each.last_day and each.location_id in {None, row.location_id} for each in closures
        )
        if row.weekday == day.isoweekday() and begins <= day <= ends and not closed:
            wall = ZoneInfo(row.location.time_zone)
            yield Period(
                row.practitioner,
                row.location,
                datetime.combine(day, row.starts, tzinfo=wall).astimezone(UTC),
                datetime.combine(day, row.ends, tzinfo=wall).astimezone(UTC),
            )


def fit(
    service: Service,
    period: Period,
    *,
    after: datetime,
    calendar: Calendar,
    equipment: dict[tuple[int, str], list[int]],
) -> Place | None:
    """The first place for `service` on its grid whose span begins at `after` or later; None when there is none
    in the next hour."""
    needs = [f"room {service.room_kind}"] * bool(service.room_kind)
    needs += [f"device {service.device_kind}"] * bool(service.device_kind)
    before, rest = timedelta(minutes=service.buffer_before), timedelta(minutes=service.buffer_after)
    step, length = timedelta(minutes=service.step), timedelta(minutes=service.duration)
    starts_at = period.opens
    while starts_at < after + timedelta(hours=1) and starts_at + length + rest <= period.closes:
        span = (starts_at - before, starts_at + length + rest)
        if span[0] >= max(after, period.opens) and calendar.is_free(period.practitioner.pk, span):
            chosen = [period.practitioner.pk]
            for need in needs:
                # Everybody has a favourite room, and takes the next one when it is taken.
                pool = equipment[period.location.pk, need]
                turn = period.practitioner.pk % max(len(pool), 1)
                chosen += [one for one in pool[turn:] + pool[:turn] if calendar.is_free(one, span)][:1]
            if len(chosen) == 1 + len(needs):
                return Place(starts_at, starts_at + length, span, tuple(chosen))
        starts_at += step
    return None
