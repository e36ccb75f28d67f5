"""When people work on the days of a board, in minutes of the wall clock since midnight."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, time
from itertools import chain

from django.db.models import Q

from clinic.desk.board.asked import Asked
from clinic.directory.models import Closure, ExtraHours, WorkingHours

Span = tuple[int, int]


def minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def time_at(minute: int) -> time:
    """The time of day `minute` minutes after midnight. Raises ValueError where there is none."""
    if not 0 <= minute < 24 * 60:
        raise ValueError(minute)
    return time(minute // 60, minute % 60)


def hours_on(asked: Asked) -> Mapping[tuple[int, date], Sequence[Span]]:
    """The working hours at the location, weekly and extra, by practitioner and day, in order. Two queries."""
    found: dict[tuple[int, date], list[Span]] = defaultdict(list)
    weekly = WorkingHours.objects.filter(location=asked.location, weekday__in={d.isoweekday() for d in asked.day_list})
    in_force = weekly.values_list("practitioner", "weekday", "starts", "ends", "valid_from", "valid_until")
    for practitioner, weekday, starts, ends, since, until in in_force:
        for day in asked.day_list:
            if day.isoweekday() == weekday and (since or day) <= day <= (until or day):
                found[practitioner, day].append((minutes(starts), minutes(ends)))
    extra = ExtraHours.objects.filter(location=asked.location, day__in=asked.day_list)
    for practitioner, day, starts, ends in extra.values_list("practitioner", "day", "starts", "ends"):
        found[practitioner, day].append((minutes(starts), minutes(ends)))
    return {key: sorted(spans) for key, spans in found.items()}


def closed_on(asked: Asked) -> Mapping[date, str]:
    """Why the location is closed, for each day on which it is."""
    here = Q(location=asked.location) | Q(location=None)
    closures = Closure.objects.filter(here, first_day__lte=asked.day_list[-1], last_day__gte=asked.first_day)
    return {
        day: closure.name
        for closure in closures
        for day in asked.day_list
        if closure.first_day <= day <= closure.last_day
    }


def reach(spans: Sequence[Span]) -> Span:
    """The whole hours that hold all `spans`; a usual working day where there is none."""
    ends = list(chain.from_iterable(spans)) or [8 * 60, 18 * 60]
    return min(ends) // 60 * 60, min(-(-max(ends) // 60) * 60, 24 * 60)
