"""Small pieces of the desk's pages."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from clinic.audit import words
from clinic.audit.models import AuditEvent
from clinic.desk.status import ICONS
from clinic.lib import clock
from clinic.lib.phone import for_reading
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment

register = template.Library()


@register.inclusion_tag("desk/status.html")
def visit_status(status: str) -> dict[str, Any]:
    """The badge of a status: colour, icon and word."""
    known = AppointmentStatus(status)
    return {"status": known.value, "label": known.label, "icon": ICONS[known]}


@register.filter
def phone(number: str) -> SafeString | str:
    """A phone number to read and to call, left to right in either language."""
    if not number:
        return ""
    return format_html('<a class="iyada-phone" dir="ltr" href="tel:{}">{}</a>', number, for_reading(number))


@register.filter
def clock_time(moment: datetime) -> SafeString:
    """The time of day of a local `moment`: 24 hours, left to right, the same in a column of either language."""
    return format_html('<time dir="ltr" datetime="{}">{}</time>', moment.isoformat(), clock.shown(moment))


@register.filter
def at_location(moment: datetime, visit: Appointment) -> datetime:
    """`moment` on the wall clock of the visit's location."""
    return moment.astimezone(ZoneInfo(visit.location.time_zone))


@register.filter
def in_words(event: AuditEvent) -> str:
    return words.tell(event)


@register.filter
def by_whom(event: AuditEvent) -> str:
    return words.who(event)


@register.filter
def local_date(moment: datetime) -> str:
    """The day of a local `moment`, in the reader's language. Django's own filter would bring it to UTC."""
    return date_format(moment.date(), "j F Y")


@register.filter
def full_day(day: date) -> str:
    """ "Saturday, 21 November 2026", with the comma of the reader's language."""
    return date_format(day, pgettext("pattern of a day, in the letters of Django's date filter", "l, j F Y"))
