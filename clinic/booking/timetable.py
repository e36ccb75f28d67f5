"""Free times by day, as a visitor reads them: a week on a page, and why a day has none."""

from dataclasses import dataclass
from datetime import date, timedelta

from clinic.booking.rules import DAYS_ON_A_PAGE
from clinic.booking.search import Day, Offer, Search


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


def timetable(search: Search, *, first_day: date | None) -> Timetable:
    """The page of free times that begins on `first_day`, kept between today and the horizon.

    When it is empty, `soonest` is the next free time after all.
    """
    begin = min(max(first_day or search.today, search.today), search.horizon)
    days = search.days(begin, DAYS_ON_A_PAGE)
    last_day = days[-1].day
    return Timetable(
        days=days,
        today=search.today,
        previous=max(begin - timedelta(days=DAYS_ON_A_PAGE), search.today) if begin > search.today else None,
        following=last_day + timedelta(days=1) if last_day < search.horizon else None,
        soonest=None if any(day.count for day in days) else search.soonest(),
    )
