"""What a card and a page say about a practitioner."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from clinic.booking.timetable import places_of
from clinic.directory.enums import Language, Weekday
from clinic.directory.models import Location, Practitioner
from clinic.scheduling.availability import Slot

# As the week is printed where the clinic stands: it begins on Sunday.
WEEK = [Weekday.SUNDAY, *(day for day in Weekday if day != Weekday.SUNDAY)]


@dataclass(frozen=True, slots=True)
class Card:
    """A practitioner in a list. `next_at` is the next free time, at `next_location`, or None."""

    doctor: Practitioner
    languages: list[str]
    locations: list[Location]
    next_at: datetime | None
    next_location: Location | None

    @property
    def can_be_booked(self) -> bool:
        return bool(self.doctor.services.all())


@dataclass(frozen=True, slots=True)
class WeekAt:
    """The weekly hours at one location: for each weekday its stretches, from and until."""

    location: Location
    days: list[tuple[str, list[tuple[time, time]]]]


def card_of(practitioner: Practitioner, slot: Slot | None, places: Mapping[int, Location]) -> Card:
    """`practitioner` comes from `with_whereabouts`; `places` holds the locations by primary key."""
    place = places.get(slot.location_id) if slot else None
    return Card(
        doctor=practitioner,
        languages=[str(Language(code).label) for code in practitioner.languages if code in Language.values],
        locations=places_of([practitioner]),
        next_at=slot.starts_at if slot and place else None,
        next_location=place,
    )


def hours_by_location(practitioner: Practitioner) -> list[WeekAt]:
    """The weekly hours that a visitor reads; a day without hours is left out."""
    hours: dict[int, dict[int, set[tuple[time, time]]]] = defaultdict(lambda: defaultdict(set))
    for each in practitioner.working_hours.all():
        hours[each.location_id][each.weekday].add((each.starts, each.ends))
    return [
        WeekAt(
            location,
            [(str(day.label), sorted(hours[location.pk][day.value])) for day in WEEK if hours[location.pk][day.value]],
        )
        for location in places_of([practitioner])
    ]
