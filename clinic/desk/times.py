"""Free times as a desk reads them: a strip of days, and the times of one day by practitioner and place."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from clinic.desk.forms.booking import ChosenTime
from clinic.directory.models import Location, Practitioner, Service
from clinic.scheduling.availability import Slot, free_slots

DAYS = 7


@dataclass(frozen=True, slots=True)
class Time:
    value: str
    starts: datetime  # on the wall clock of the location


@dataclass(frozen=True, slots=True)
class Column:
    """The free times of one practitioner at one place."""

    practitioner: Practitioner
    location: Location
    times: Sequence[Time]


@dataclass(frozen=True, slots=True)
class StripDay:
    day: date
    free: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FreeTimes:
    strip: Sequence[StripDay]
    columns: Sequence[Column]
    day: date
    earlier: date | None
    later: date


def look_for_times(
    *,
    service: Service,
    first_day: date,
    day: date | None,
    today: date,
    practitioner: Practitioner | None,
    location: Location | None,
) -> FreeTimes:
    """The week from `first_day`, open at `day`, else at its first day with a free time. The desk needs no notice."""
    slots = free_slots(
        service=service,
        first_day=first_day,
        days=DAYS,
        practitioners=[practitioner.pk] if practitioner else None,
        location=location.pk if location else None,
        ignore_notice=True,
    )
    places, people = named(slots)
    by_day: dict[date, list[Slot]] = defaultdict(list)
    for slot in slots:
        by_day[slot.starts_at.astimezone(ZoneInfo(places[slot.location_id].time_zone)).date()].append(slot)
    week = [first_day + timedelta(days=number) for number in range(DAYS)]
    chosen = day if day in week else next((each for each in week if by_day.get(each)), first_day)
    earlier = max(first_day - timedelta(days=DAYS), today)
    return FreeTimes(
        strip=[StripDay(each, len(by_day.get(each, ())), each == chosen) for each in week],
        columns=in_columns(by_day.get(chosen, []), places, people),
        day=chosen,
        earlier=earlier if first_day > today else None,
        later=first_day + timedelta(days=DAYS),
    )


def named(slots: Iterable[Slot]) -> tuple[dict[int, Location], dict[int, Practitioner]]:
    """The places and people of `slots`, in two queries."""
    slots = list(slots)
    places = Location.objects.in_bulk({slot.location_id for slot in slots})
    return places, Practitioner.objects.in_bulk({slot.practitioner_id for slot in slots})


def in_columns(slots: Iterable[Slot], places: dict[int, Location], people: dict[int, Practitioner]) -> list[Column]:
    """A column for each practitioner and place; who is free first stands first."""
    times: dict[tuple[int, int], list[Time]] = defaultdict(list)
    for slot in sorted(slots, key=lambda slot: slot.starts_at):
        starts = slot.starts_at.astimezone(ZoneInfo(places[slot.location_id].time_zone))
        value = str(ChosenTime(slot.practitioner_id, slot.location_id, slot.starts_at))
        times[slot.practitioner_id, slot.location_id].append(Time(value, starts))
    return [Column(people[person], places[place], found) for (person, place), found in times.items()]
