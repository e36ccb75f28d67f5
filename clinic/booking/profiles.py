"""What a card and a page say about a practitioner."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from clinic.booking.search import places_of
from clinic.directory.enums import Language, Weekday
from clinic.directory.models import Location, Practitioner
from clinic.scheduling.availability import Slot

# As the week is printed where the clinic stands: it begins on Sunday.
WEEK = [Weekday.SUNDAY, *(day for day in Weekday if day != Weekday.SUNDAY)]


@dataclass(frozen=True, slots=True)
class Opening:
    """When a practitioner is free next: `starts_at` at `location`, or both None."""

    can_be_booked: bool
    has_many_locations: bool
    starts_at: datetime | None
    location: Location | None


@dataclass(frozen=True, slots=True)
class Card:
    """A practitioner in a list. When they are free next, `opening`, is no part of a card that is stored."""

    doctor: Practitioner
    languages: list[str]
    locations: list[Location]
    opening: Opening | None = None

    @property
    def can_be_booked(self) -> bool:
        return bool(self.doctor.services.all())


@dataclass(frozen=True, slots=True)
class WeekAt:
    """The weekly hours at one location: for each weekday its stretches, from and until."""

    location: Location
    days: list[tuple[str, list[tuple[time, time]]]]


def card_of(practitioner: Practitioner, *, opening: Opening | None = None) -> Card:
    """`practitioner` comes from `with_whereabouts`."""
    return Card(
        doctor=practitioner,
        languages=[str(Language(code).label) for code in practitioner.languages if code in Language.values],
        locations=places_of([practitioner]),
        opening=opening,
    )


def opening_of(practitioner: Practitioner, slot: Slot | None, places: Mapping[int, Location]) -> Opening:
    """`practitioner` comes from `with_hours_and_services`; `places` holds the locations by primary key."""
    place = places.get(slot.location_id) if slot else None
    return Opening(
        can_be_booked=bool(practitioner.services.all()),
        has_many_locations=len(places_of([practitioner])) > 1,
        starts_at=slot.starts_at if slot and place else None,
        location=place,
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
