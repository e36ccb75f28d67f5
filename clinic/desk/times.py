"""Free times as a desk reads them: a strip of days, and the times of one day by practitioner and place."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.dateparse import parse_date

from clinic.desk.forms.booking import ChosenTime, WhatForm
from clinic.directory.models import Location, Practitioner, Service
from clinic.lib import clock
from clinic.scheduling.availability import Slot, free_slots

DAYS = 7
FAR = 84  # days that are looked through when a week has nothing
SOONEST = 6


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
class Soon:
    """One of the next free times, wherever and with whom."""

    time: Time
    practitioner: Practitioner
    location: Location


@dataclass(frozen=True, slots=True)
class StripDay:
    day: date
    free: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FreeTimes:
    strip: Sequence[StripDay]
    columns: Sequence[Column]
    soonest: Sequence[Soon]
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
    # Nothing this week: look on, so that nobody turns the weeks in vain.
    soon = slots or free_slots(
        service=service,
        first_day=first_day + timedelta(days=DAYS),
        days=FAR,
        practitioners=[practitioner.pk] if practitioner else None,
        location=location.pk if location else None,
        ignore_notice=True,
    )
    several = len({(slot.practitioner_id, slot.location_id) for slot in slots}) > 1
    # Of one person in one place the days below say the same.
    soon = soon[:SOONEST] if several or not slots else []
    places, people = named([*slots, *soon])
    by_day: dict[date, list[Slot]] = defaultdict(list)
    for slot in slots:
        by_day[slot.starts_at.astimezone(ZoneInfo(places[slot.location_id].time_zone)).date()].append(slot)
    week = [first_day + timedelta(days=number) for number in range(DAYS)]
    chosen = day if day in week else next((each for each in week if by_day.get(each)), first_day)
    earlier = max(first_day - timedelta(days=DAYS), today)
    return FreeTimes(
        strip=[StripDay(each, len(by_day.get(each, ())), each == chosen) for each in week],
        columns=in_columns(by_day.get(chosen, []), places, people),
        soonest=[Soon(time_of(slot, places), people[slot.practitioner_id], places[slot.location_id]) for slot in soon],
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
        times[slot.practitioner_id, slot.location_id].append(time_of(slot, places))
    return [Column(people[person], places[place], found) for (person, place), found in times.items()]


def time_of(slot: Slot, places: dict[int, Location]) -> Time:
    starts = slot.starts_at.astimezone(ZoneInfo(places[slot.location_id].time_zone))
    return Time(str(ChosenTime(slot.practitioner_id, slot.location_id, slot.starts_at)), starts)


def clinic_today() -> date:
    """Today where the first location is."""
    first = Location.objects.first()
    return clock.now().astimezone(ZoneInfo(first.time_zone if first else "UTC")).date()


def times_of(form: WhatForm, given: QueryDict) -> FreeTimes | None:
    """The free times that a valid `form` asks for; None before a service is chosen."""
    if not form.is_valid():
        return None
    today = clinic_today()
    return look_for_times(
        service=form.cleaned_data["service"],
        first_day=form.first_day(today=today),
        day=read_day(given.get("go")) or read_day(given.get("open")),
        today=today,
        practitioner=form.cleaned_data["practitioner"],
        location=form.cleaned_data["location"],
    )


def read_day(text: str | None) -> date | None:
    try:
        return parse_date(text or "")
    except ValueError:
        return None
