"""What a visitor looks for, and the free times that there are of it, by day."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from clinic.booking.choices import slot_value
from clinic.directory.models import Location, Practitioner, Service
from clinic.directory.queries import open_locations
from clinic.lib import clock
from clinic.scheduling.availability import Reason, Slot, free_slots, next_free, reasons


@dataclass(frozen=True, slots=True)
class Offer:
    """One free time. `value` is what its button sends."""

    starts_at: datetime
    practitioner: Practitioner
    location: Location
    value: str


@dataclass(slots=True)
class Place:
    """The free times of one day at one location."""

    location: Location
    offers: list[Offer]


@dataclass(slots=True)
class Day:
    """`reason` says why there are no times; it is None when there are some."""

    day: date
    places: list[Place] = field(default_factory=list)
    reason: Reason | None = None

    @property
    def count(self) -> int:
        return sum(len(place.offers) for place in self.places)


@dataclass(frozen=True)
class Search:
    """A service, the `practitioners` who are asked for it, and where: at `location`, or anywhere if it is None.

    `practitioners` come from `with_hours`, all of them offering `service`. All that a view asks here is four queries
    at most, however many people and days: the times, the reasons where there are none, the locations, the soonest.
    """

    service: Service
    practitioners: Sequence[Practitioner]
    location: Location | None = None

    @cached_property
    def today(self) -> date:
        now = clock.now()
        places = places_of(self.practitioners, location=self.location)
        return min((clock.local_day(now, place.time_zone) for place in places), default=now.date())

    @property
    def horizon(self) -> date:
        """The last day that can be booked."""
        return self.today + timedelta(days=self.service.horizon_days)

    def days(self, first_day: date, count: int) -> list[Day]:
        """`count` days with their free times, or with the reason why they have none."""
        asked: dict[str, Any] = {"service": self.service, "practitioners": list(self.known), "location": self.place}
        slots = free_slots(first_day=first_day, days=count, **asked)
        days = fill([first_day + timedelta(days=number) for number in range(count)], self.offers(slots))
        why = reasons(days=[each.day for each in days if not each.count], **asked)
        for each in days:
            each.reason = why.get(each.day)
        return days

    def soonest(self, *, first_day: date | None = None) -> Offer | None:
        """The next free time of all: from now, or from `first_day` on."""
        found = next_free(
            service=self.service, practitioners=list(self.known), location=self.place, first_day=first_day
        )
        return min(self.offers(found.values()), key=lambda each: each.starts_at, default=None)

    @cached_property
    def known(self) -> dict[int, Practitioner]:
        return {each.pk: each for each in self.practitioners}

    @property
    def place(self) -> int | None:
        return self.location.pk if self.location else None

    @cached_property
    def open_places(self) -> dict[int, Location]:
        """Not only the weekly places: somebody may have extra hours elsewhere."""
        return {place.pk: place for place in open_locations()}

    def offers(self, slots: Iterable[Slot]) -> list[Offer]:
        return offers(slots, self.known, self.open_places)


def places_of(practitioners: Sequence[Practitioner], *, location: Location | None = None) -> list[Location]:
    """Where the practitioners work, in the clinic's order; only `location` when it is given."""
    if location:
        return [location]
    found = {hours.location_id: hours.location for each in practitioners for hours in each.working_hours.all()}
    return sorted(found.values(), key=lambda place: (place.sort_order, place.pk))


def offers(slots: Iterable[Slot], known: dict[int, Practitioner], places: dict[int, Location]) -> list[Offer]:
    """One offer for each time and location. Of several who are free, the one with the most free times is named."""
    listed = [slot for slot in slots if slot.practitioner_id in known and slot.location_id in places]
    freedom = Counter(slot.practitioner_id for slot in listed)
    chosen: dict[tuple[datetime, int], Slot] = {}
    for slot in listed:
        place = (slot.starts_at, slot.location_id)
        other = chosen.get(place)
        if other is None or freedom[slot.practitioner_id] > freedom[other.practitioner_id]:
            chosen[place] = slot
    return [
        offer_of(known[slot.practitioner_id], places[slot.location_id], slot.starts_at)
        for slot in sorted(chosen.values(), key=lambda slot: (slot.starts_at, slot.location_id))
    ]


def offer_of(practitioner: Practitioner, location: Location, starts_at: datetime) -> Offer:
    return Offer(starts_at, practitioner, location, slot_value(practitioner, location, starts_at))


def fill(days: Sequence[date], found: Sequence[Offer]) -> list[Day]:
    """`found` sorted into `days` and, within a day, by location in the clinic's order."""
    by_day: dict[date, dict[int, Place]] = defaultdict(dict)
    for each in found:
        local = clock.local_day(each.starts_at, each.location.time_zone)
        by_day[local].setdefault(each.location.pk, Place(each.location, [])).offers.append(each)
    return [
        Day(day, sorted(by_day[day].values(), key=lambda place: (place.location.sort_order, place.location.pk)))
        for day in days
    ]
