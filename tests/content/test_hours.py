from datetime import time

from clinic.directory.models import OpeningHours
from content.hours import opening_lines


def hours(weekday: int, starts: int, ends: int) -> OpeningHours:
    return OpeningHours(weekday=weekday, starts=time(starts), ends=time(ends))


def test_days_with_the_same_hours_are_said_together() -> None:
    week = [hours(day, 8, 18) for day in (7, 1, 2, 3)] + [hours(6, 9, 14), hours(4, 8, 12), hours(4, 13, 17)]
    assert [(line.days, line.times) for line in opening_lines(week)] == [
        ("Saturday", ("09:00–14:00",)),
        ("Sunday to Wednesday", ("08:00–18:00",)),
        ("Thursday", ("08:00–12:00", "13:00–17:00")),
        ("Friday", ()),
    ]


def test_a_location_without_hours_says_nothing() -> None:
    assert opening_lines([]) == []
