"""Free times by day, as a visitor reads them: a week on a page, and why a day has none."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from clinic.booking.choices import slot_value
from clinic.booking.rules import DAYS_ON_A_PAGE
from clinic.directory.models import Closure, ExtraHours, Location, Practitioner, Service, WorkingHours
from clinic.directory.queries import closures_between, extra_hours_between, open_locations
from clinic.lib import clock
from clinic.scheduling.availability import Slot, free_slots, next_free


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
    """`reason` says why there are no times; it is empty when there are some."""

    day: date
    places: list[Place] = field(default_factory=list)
    reason: str = ""

    @property
    def count(self) -> int:
        return sum(len(place.offers) for place in self.places)


@dataclass(slots=True)
class Timetable:
    """A page of days. `previous` and `following` are first days of other pages, or None at the ends."""

    days: list[Day]
    today: date
    previous: date | None
    following: date | None
    soonest: Offer | None

    @property
    def first_day(self) -> date:
        return self.days[0].day

    @property
    def last_day(self) -> date:
        return self.days[-1].day

    @property
    def count(self) -> int:
        return sum(day.count for day in self.days)

    @property
    def has_many_places(self) -> bool:
        return len({place.location.pk for day in self.days for place in day.places}) > 1


def timetable(
    *, service: Service, practitioners: Sequence[Practitioner], location: Location | None, first_day: date | None
) -> Timetable:
    """The page of free times that begins on `first_day`, kept between today and the horizon.

    `practitioners` come from `with_hours`, all of them offering `service`. When the page is empty,
    `soonest` is the next free time after all.
    """
    places = places_of(practitioners, location=location)
    now = clock.now()
    today = min((clock.local_day(now, place.time_zone) for place in places), default=now.date())
    horizon = today + timedelta(days=service.horizon_days)
    begin = min(max(first_day or today, today), horizon)
    days = [begin + timedelta(days=number) for number in range(DAYS_ON_A_PAGE)]
    known = {each.pk: each for each in practitioners}
    slots = free_slots(
        service=service,
        first_day=begin,
        days=DAYS_ON_A_PAGE,
        practitioners=list(known),
        location=location.pk if location else None,
    )
    # Besides the weekly places: somebody may have extra hours elsewhere.
    open_places = {place.pk: place for place in open_locations()}
    table = fill(days, offers(slots, known, open_places))
    if not all(day.count for day in table):
        explain(table, service=service, practitioners=practitioners, places=places, now=now, horizon=horizon)
    soonest = None
    if not any(day.count for day in table) and known:
        following = next_free(service=service, practitioners=list(known), location=location.pk if location else None)
        coming = offers(following.values(), known, open_places)
        soonest = min(coming, key=lambda each: each.starts_at, default=None)
    return Timetable(
        days=table,
        today=today,
        previous=max(begin - timedelta(days=DAYS_ON_A_PAGE), today) if begin > today else None,
        following=days[-1] + timedelta(days=1) if days[-1] < horizon else None,
        soonest=soonest,
    )


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


def explain(
    days: Sequence[Day],
    *,
    service: Service,
    practitioners: Sequence[Practitioner],
    places: Sequence[Location],
    now: datetime,
    horizon: date,
) -> None:
    """Give each day without times its reason, in words."""
    closures = closures_between(days[0].day, days[-1].day)
    extra = extra_hours_between(days[0].day, days[-1].day, practitioners=[each.pk for each in practitioners])
    weekly = [hours for each in practitioners for hours in each.working_hours.all()]
    shown = {place.pk: place for place in places}
    for each in days:
        if not each.count:
            hours = hours_on(each.day, weekly=weekly, extra=extra, places=shown)
            each.reason = reason(each.day, hours, closures, shown, service=service, now=now, horizon=horizon)


def hours_on(
    day: date, *, weekly: Sequence[WorkingHours], extra: Sequence[ExtraHours], places: dict[int, Location]
) -> list[tuple[int, time]]:
    """For each stretch of work on `day`: its location and its end on the wall clock."""
    regular = [
        (hours.location_id, hours.ends)
        for hours in weekly
        if hours.weekday == day.isoweekday()
        and (hours.valid_from is None or hours.valid_from <= day)
        and (hours.valid_until is None or day <= hours.valid_until)
    ]
    besides = [(hours.location_id, hours.ends) for hours in extra if hours.day == day]
    return [(location, ends) for location, ends in regular + besides if location in places]


def reason(
    day: date,
    hours: Sequence[tuple[int, time]],
    closures: Sequence[Closure],
    places: dict[int, Location],
    *,
    service: Service,
    now: datetime,
    horizon: date,
) -> str:
    if day > horizon:
        return _("Cannot be booked yet")
    if not hours:
        return _("No working hours")
    shut = [closure for closure in closures if closure.first_day <= day <= closure.last_day]
    if all(any(closure.location_id in (None, location) for closure in shut) for location, _ends in hours):
        return _("Closed: %(name)s") % {"name": shut[0].name}
    earliest = now + timedelta(minutes=service.notice + service.duration)
    if all(datetime.combine(day, ends, tzinfo=ZoneInfo(places[at].time_zone)) < earliest for at, ends in hours):
        return _("Too late to book for this day")
    return _("No free times left")
