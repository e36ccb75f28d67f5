"""Small pieces of the pages about leave and closures."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template

from clinic.desk.templatetags.desk import full_day
from clinic.lib import clock

register = template.Library()


@register.filter
def short_when(moment: datetime) -> str:
    """ "Monday, 23 November 2026 10:30" of a local `moment`, as plain text for a choice; the time is isolated."""
    return f"{full_day(moment.date())} \u2066{clock.shown(moment)}\u2069"


@register.filter
def on_wall(moment: datetime, zone: str) -> datetime:
    """`moment` on the wall clock of `zone`."""
    return moment.astimezone(ZoneInfo(zone))
