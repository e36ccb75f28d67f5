"""When people work on the days of a board, in minutes of the wall clock since midnight."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from itertools import chain

from django.db.models import Q

from clinic.desk.board.asked import Asked
from clinic.directory.models import Closure
from clinic.directory.workdays import Workdays

Span = tuple[int, int]


def minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def time_at(minute: int) -> time:
    """The time of day `minute` minutes after midnight. Raises ValueError where there is none."""
    if not 0 <= minute < 24 * 60:
        raise ValueError(minute)
    return time(minute // 60, minute % 60)


def hours_on(asked: Asked) -> Mapping[tuple[int, date], Sequence[Span]]:
    """The hours at the location, by practitioner and day, in order: weekly, extra and special ones."""
    workdays = Workdays(asked.location, asked.day_list[0], asked.day_list[-1])
    hours = {(person, day): workdays.of(person, day) for person in workdays.practitioners for day in asked.day_list}
    return {key: [(minutes(begin), minutes(end)) for begin, end in spans] for key, spans in hours.items() if spans}


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
