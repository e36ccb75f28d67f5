"""Hijri dates as the clinic wants them told, or nothing where it does not ask for them."""

from datetime import date
from typing import Any

from django.http import HttpRequest

from clinic.directory.models import HijriSetting
from clinic.lib import hijri


def hijri_days(first: date, last: date | None = None, *, request: HttpRequest | None = None) -> str:
    """ "1 Ramadan 1447 AH", or the days from `first` to `last`."""
    shift = shift_of(request)
    return "" if shift is None else hijri.days_in_words(first, last or first, shift=shift)


def hijri_months(first: date, last: date, *, request: HttpRequest | None = None) -> str:
    """The months from `first` to `last`: "Shaban – Ramadan 1447 AH"."""
    shift = shift_of(request)
    return "" if shift is None else hijri.months_in_words(first, last, shift=shift)


def hijri_number(day: date, *, request: HttpRequest | None = None) -> str:
    """The number of `day` in its month: "1"."""
    shift = shift_of(request)
    found = None if shift is None else hijri.in_hijri(day, shift=shift)
    return str(found[2]) if found else ""


def shift_of(request: HttpRequest | None = None) -> int | None:
    """The shift of the calendar in days; None where no Hijri dates are shown. One query for each `request`.

    Wagtail's own way to a setting would write a row where there is none.
    """
    kept: dict[str, Any] = {} if request is None else vars(request)
    if "hijri_shift" not in kept:
        kept["hijri_shift"] = HijriSetting.objects.filter(is_shown=True).values_list("shift", flat=True).first()
    shift: int | None = kept["hijri_shift"]
    return shift
