from datetime import UTC, date, datetime, time

from clinic.directory.models import Closure, HoursTemplate, Location, OpeningHours, TemplateHours
from content.doors import Doors, doors_of

SUNDAY = 22  # of November 2026; Amman is three hours before UTC


def hours(weekday: int, starts: int, ends: int) -> OpeningHours:
    return OpeningHours(weekday=weekday, starts=time(starts), ends=time(ends))


def closed_on(day: int, location: int | None = None) -> Closure:
    on = date(2026, 11, day)
    return Closure(location_id=location, name_en="Holiday", name_ar="عطلة", first_day=on, last_day=on)


def amman(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour - 3, minute, tzinfo=UTC)


def doors(now: datetime, *rows: OpeningHours, closures: list[Closure] | None = None, zone: str = "Asia/Amman") -> Doors:
    return doors_of(Location(pk=1, time_zone=zone), hours=rows, closures=closures or [], now=now)


WEEK = [hours(day, 8, 20) for day in (7, 1, 2, 3, 4)]


def test_an_open_location_says_when_it_closes() -> None:
    assert doors(amman(SUNDAY, 8), *WEEK) == Doors(is_open=True, changes_at=amman(SUNDAY, 20))


def test_doors_close_at_the_end_sharp_and_open_the_next_morning() -> None:
    assert doors(amman(SUNDAY, 20), *WEEK) == Doors(is_open=False, changes_at=amman(SUNDAY + 1, 8))


def test_a_weekend_without_hours_leads_to_sunday() -> None:
    assert doors(amman(SUNDAY - 2, 10), *WEEK) == Doors(is_open=False, changes_at=amman(SUNDAY, 8))


def test_a_lunch_break_closes_the_doors_and_hours_that_touch_do_not() -> None:
    assert doors(amman(SUNDAY, 9), hours(7, 8, 12), hours(7, 13, 17)).changes_at == amman(SUNDAY, 12)
    assert doors(amman(SUNDAY, 9), hours(7, 12, 17), hours(7, 8, 12)).changes_at == amman(SUNDAY, 17)


def test_a_holiday_keeps_the_doors_closed_and_is_named() -> None:
    holiday = closed_on(SUNDAY)
    assert doors(amman(SUNDAY, 9), *WEEK, closures=[holiday]) == Doors(
        is_open=False, changes_at=amman(SUNDAY + 1, 8), closure=holiday
    )


def test_works_at_another_location_close_nothing_here() -> None:
    assert doors(amman(SUNDAY, 9), *WEEK, closures=[closed_on(SUNDAY, location=2)]).is_open
    assert not doors(amman(SUNDAY, 9), *WEEK, closures=[closed_on(SUNDAY, location=1)]).is_open


def test_hours_follow_the_wall_clock_of_the_location() -> None:
    at = datetime(2026, 11, SUNDAY, 7, 30, tzinfo=UTC)
    assert doors(at, *WEEK).is_open
    assert not doors(at, *WEEK, zone="Europe/London").is_open


def test_a_location_without_hours_is_closed_and_promises_no_day() -> None:
    assert doors(amman(SUNDAY, 9)) == Doors(is_open=False, changes_at=None)


def test_special_hours_stand_in_for_the_usual_ones_on_their_days() -> None:
    ramadan = HoursTemplate(pk=1, location_id=1, first_day=date(2026, 11, SUNDAY), last_day=date(2026, 11, SUNDAY))
    evening = TemplateHours(weekday=7, starts=time(20), ends=time(22))
    ramadan._prefetched_objects_cache = {"hours": [evening]}  # type: ignore[attr-defined]
    usual, special = (
        doors_of(Location(pk=1, time_zone="Asia/Amman"), hours=WEEK, closures=[], special=rows, now=amman(SUNDAY, 9))
        for rows in ([], [ramadan])
    )
    assert usual.is_open
    assert special == Doors(is_open=False, changes_at=amman(SUNDAY, 20))
