"""Holidays out of an iCalendar file (RFC 5545), such as governments and calendar services publish."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Calendar

AHEAD = timedelta(days=3 * 366)
LONGEST = timedelta(days=60)
AT_MOST = 200


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """Both days are included."""

    first_day: date
    last_day: date
    name: str


def read_holidays(data: bytes, *, today: date) -> list[Holiday]:
    """The events of a file that are not over and begin within three years, in order, 200 at most.

    Times are dropped: an event closes the days that it touches, and one that comes every year is one for each.
    Raises `ValueError` for what is no calendar.
    """
    try:
        calendar = Calendar.from_ical(data)
        found = {each for event in calendar.walk("VEVENT") for each in occurrences(event, today=today)}
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as fault:
        raise ValueError(str(fault)) from None
    return sorted(found)[:AT_MOST]


def occurrences(event: Any, *, today: date) -> Iterator[Holiday]:
    if "DTSTART" not in event or not str(event.get("SUMMARY", "")).strip():
        return
    first = day_of(event.decoded("DTSTART"))
    length = last_day_of(event, first) - first
    name = " ".join(str(event["SUMMARY"]).split())[:80]
    if not timedelta() <= length <= LONGEST:
        return
    for begin in [first, *yearly(event, first, today=today)]:
        if begin + length >= today and begin <= today + AHEAD:
            yield Holiday(begin, begin + length, name)


def yearly(event: Any, first: date, *, today: date) -> list[date]:
    """The days on which an event comes again; other rules than yearly ones are no holidays."""
    rule = event.get("RRULE")
    if not rule or [str(freq).upper() for freq in rule.get("FREQ", [])] != ["YEARLY"]:
        return []
    begin = datetime.combine(max(first, date(today.year - 1, 1, 1)), datetime.min.time())
    text = ";".join(part for part in rule.to_ical().decode().split(";") if not part.startswith("UNTIL="))
    until = [day_of(value) for value in rule.get("UNTIL", [])]
    end = min([today + AHEAD, *until])
    if begin.date() > end:
        return []
    moments = rrulestr(text, dtstart=datetime.combine(first, datetime.min.time()))
    return [moment.date() for moment in moments.between(begin, datetime.combine(end, datetime.max.time()), inc=True)]


def last_day_of(event: Any, first: date) -> date:
    """The end of an event is not included; one that ends at midnight does not touch the day that begins then."""
    if "DURATION" in event:
        return max(first, first + event.decoded("DURATION") - timedelta(days=1))
    end = event.decoded("DTEND") if "DTEND" in event else None
    if end is None:
        return first
    if isinstance(end, datetime):
        return max(first, (end - timedelta(microseconds=1)).date())
    return max(first, end - timedelta(days=1))


def day_of(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value
