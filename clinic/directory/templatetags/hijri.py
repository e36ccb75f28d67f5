"""The Hijri date beside a Gregorian one, where the clinic asks for it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from clinic.directory import hijri as dates

register = template.Library()


@register.simple_tag(takes_context=True)
def hijri(context: Mapping[str, Any], first: date, last: date | None = None) -> SafeString | str:
    """ "1 Ramadan 1447 AH", or the days from `first` to `last`."""
    return _aside(dates.hijri_days(first, last, request=context.get("request")))


@register.simple_tag(takes_context=True)
def hijri_months(context: Mapping[str, Any], first: date, last: date) -> SafeString | str:
    """ "Shaban – Ramadan 1447 AH"."""
    return _aside(dates.hijri_months(first, last, request=context.get("request")))


@register.simple_tag(takes_context=True)
def hijri_number(context: Mapping[str, Any], day: date) -> SafeString | str:
    """The number of `day` in its month, beside which its whole date is read elsewhere."""
    return _aside(dates.hijri_number(day, request=context.get("request")))


def _aside(words: str) -> SafeString | str:
    return format_html('<bdi class="hijri">{}</bdi>', words) if words else ""
