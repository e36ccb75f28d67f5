"""A month of days with how much is free on each, and one day with its times by part of day."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import get_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic.booking import reasons
from clinic.booking.rules import FEW_TIMES
from clinic.booking.search import Day, Offer, Place, Search

# Until which hour of the wall clock each part of a day lasts.
PARTS = ((12, _("Morning")), (17, _("Afternoon")), (24, _("Evening")))


@dataclass(slots=True)
class Cell:
    """A day of a month. Of days that are over nothing is said."""

    day: Day
    is_over: bool

    @property
    def is_few(self) -> bool:
        return 0 < self.day.count <= FEW_TIMES

    @property
    def word(self) -> str:
        return reasons.word(self.day.reason) if self.day.reason else ""

    @property
    def line(self) -> str:
        return reasons.line(self.day.reason) if self.day.reason else ""


@dataclass(slots=True)
class Month:
    """`weeks` begin on the first of `weekdays`; None stands for a day of another month.

    `previous` and `following` are first days of other months, or None at the ends. When nothing is free, `soonest`
    is the next free time after the month.
    """

    first_day: date
    today: date
    weekdays: list[tuple[str, str]]
    weeks: list[list[Cell | None]]
    previous: date | None
    following: date | None
    soonest: Offer | None

    @property
    def last_day(self) -> date:
        return following_month(self.first_day) - timedelta(days=1)

    @property
    def count(self) -> int:
        return sum(cell.day.count for week in self.weeks for cell in week if cell)


@dataclass(slots=True)
class Part:
    """A part of a day: "Morning"."""

    title: str | Promise
    places: list[Place]


@dataclass(slots=True)
class DayTimes:
    """`sentence` says why there is no time, and `soonest` is then the next one after the day."""

    day: Day
    today: date
    parts: list[Part]
    sentence: str
    previous: date | None
    following: date | None
    soonest: Offer | None

    @property
    def has_many_places(self) -> bool:
        return len(self.day.places) > 1


def month(search: Search, *, first_day: date | None) -> Month:
    """The month of `first_day`, kept between that of today and that of the horizon."""
    wanted = min(max(first_day or search.today, search.today), search.horizon)
    first, begin = wanted.replace(day=1), max(wanted.replace(day=1), search.today)
    after = following_month(first)
    free = {each.day: each for each in search.days(begin, (after - begin).days)}
    calendar = Calendar((get_format("FIRST_DAY_OF_WEEK") - 1) % 7)
    is_empty = not any(each.count for each in free.values())
    return Month(
        first_day=first,
        today=search.today,
        weekdays=[(str(WEEKDAYS[number]), str(WEEKDAYS_ABBR[number])) for number in calendar.iterweekdays()],
        weeks=[
            [cell(day, free) if day.month == first.month else None for day in week]
            for week in calendar.monthdatescalendar(first.year, first.month)
        ],
        previous=(first - timedelta(days=1)).replace(day=1) if first > search.today else None,
        following=after if after <= search.horizon else None,
        soonest=search.soonest(first_day=after) if is_empty else None,
    )


def following_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def cell(day: date, free: dict[date, Day]) -> Cell:
    return Cell(free.get(day, Day(day)), is_over=day not in free)


def day_times(search: Search, *, day: date | None) -> DayTimes:
    """The times of `day`, or of today when it is over or None."""
    wanted = max(day or search.today, search.today)
    [found] = search.days(wanted, 1)
    return DayTimes(
        day=found,
        today=search.today,
        parts=parts(found),
        sentence=reasons.sentence(found.reason, service=search.service) if found.reason else "",
        previous=wanted - timedelta(days=1) if wanted > search.today else None,
        following=wanted + timedelta(days=1) if wanted < search.horizon else None,
        soonest=None if found.count else search.soonest(first_day=wanted + timedelta(days=1)),
    )


def parts(day: Day) -> list[Part]:
    """The parts of `day` in which something is free."""
    begins = 0
    found = []
    for until, title in PARTS:
        places = [
            Place(place.location, [each for each in place.offers if begins <= hour_of(each) < until])
            for place in day.places
        ]
        if any(place.offers for place in places):
            found.append(Part(title, [place for place in places if place.offers]))
        begins = until
    return found


def hour_of(offer: Offer) -> int:
    return offer.starts_at.astimezone(ZoneInfo(offer.location.time_zone)).hour
