"""Days of the Hijri calendar of Umm al-Qura, by its tables (https://hijridate.readthedocs.io).

A month begins when the moon is seen, and countries differ by a day or two: `shift` is in days, and is added to a
day before it is looked up. Both languages write day, month and year in this order.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from hijridate import Gregorian

MONTHS = (
    gettext_lazy("Muharram"),
    gettext_lazy("Safar"),
    gettext_lazy("Rabi al-Awwal"),
    gettext_lazy("Rabi al-Thani"),
    gettext_lazy("Jumada al-Ula"),
    gettext_lazy("Jumada al-Akhirah"),
    gettext_lazy("Rajab"),
    gettext_lazy("Shaban"),
    gettext_lazy("Ramadan"),
    gettext_lazy("Shawwal"),
    gettext_lazy("Dhu al-Qadah"),
    gettext_lazy("Dhu al-Hijjah"),
)


def in_hijri(day: date, *, shift: int = 0) -> tuple[int, int, int] | None:
    """Year, month and day; None beyond the tables, which reach from August 1924 to November 2077."""
    try:
        moved = day + timedelta(days=shift)
        found = Gregorian(moved.year, moved.month, moved.day).to_hijri()
    except (OverflowError, ValueError):
        return None
    return found.year, found.month, found.day


def days_in_words(first: date, last: date, *, shift: int = 0) -> str:
    """ "1 Ramadan 1447 AH" or "28 Shaban – 4 Ramadan 1447 AH"; empty beyond the tables."""
    return _in_words([_parts(first, shift), _parts(last, shift)])


def months_in_words(first: date, last: date, *, shift: int = 0) -> str:
    """The months from `first` to `last`: "Shaban – Ramadan 1447 AH"; empty beyond the tables."""
    return _in_words([_parts(first, shift)[1:], _parts(last, shift)[1:]])


def _parts(day: date, shift: int) -> list[str]:
    """Day, month and year as they are written; nothing beyond the tables."""
    found = in_hijri(day, shift=shift)
    if found is None:
        return []
    year, month, number = found
    return [str(number), str(MONTHS[month - 1]), str(year)]


def _in_words(ends: Sequence[list[str]]) -> str:
    first, last = ends
    if not first or not last:
        return ""
    # What both ends share is said once, at the second.
    while first and first[-1] == last[len(first) - 1]:
        first = first[:-1]
    return _("%(date)s AH") % {"date": " – ".join(" ".join(end) for end in (first, last) if end)}
