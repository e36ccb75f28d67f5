"""Visits that come again: RFC 5545 recurrence rules, unrolled on the wall clock of a location."""

from datetime import UTC, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

AT_MOST = 52  # visits in one go: a year of weeks


class RuleInvalid(ValueError):
    """Not a recurrence rule of RFC 5545, 3.3.10."""


def occurrences(rule: str, *, first: datetime, zone: str) -> list[datetime]:
    """The instants of `rule`, such as "FREQ=WEEKLY;COUNT=6", that begin at `first`; `AT_MOST` of them, in UTC.

    A visit at nine stays at nine when the clock changes. Months without the day are left out, as the RFC says. Raises
    `RuleInvalid`.
    """
    wall = ZoneInfo(zone)
    begin = first.astimezone(wall).replace(tzinfo=None)
    try:
        unrolled = list(islice(rrulestr(rule, dtstart=begin), AT_MOST))
    except (ValueError, OverflowError, TypeError) as fault:
        raise RuleInvalid(rule) from fault
    # A rule knows no second of two equal hours; whoever chose it means it.
    chosen = [first if moment == begin else moment.replace(tzinfo=wall) for moment in unrolled]
    return [moment.astimezone(UTC) for moment in chosen]
