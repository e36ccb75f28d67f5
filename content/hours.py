"""Opening hours as people say them: days that follow each other with the same hours are one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from clinic.directory.enums import Weekday
from clinic.directory.models import OpeningHours, TemplateHours

WEEK = (6, 7, 1, 2, 3, 4, 5)  # ISO weekdays from Saturday, the first day of the week in Jordan's calendars


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """`days` is "Sunday to Wednesday"; `times` are local, as in "08:00–12:00"; none when it is closed."""

    days: str
    times: tuple[str, ...]


def opening_lines(hours: Iterable[OpeningHours | TemplateHours]) -> list[OpeningLine]:
    """The week in as few lines as its hours allow; empty when no hours are known."""
    by_day: dict[int, tuple[str, ...]] = dict.fromkeys(WEEK, ())
    for each in sorted(hours, key=lambda row: row.starts):
        by_day[each.weekday] += (f"{each.starts:%H:%M}–{each.ends:%H:%M}",)
    if not any(by_day.values()):
        return []
    runs = [(times, [day for day, _times in run]) for times, run in groupby(by_day.items(), key=lambda item: item[1])]
    return [OpeningLine(named(days), times) for times, days in runs]


def named(days: list[int]) -> str:
    first, last = str(Weekday(days[0]).label), str(Weekday(days[-1]).label)
    return first if len(days) == 1 else _("%(first)s to %(last)s") % {"first": first, "last": last}
