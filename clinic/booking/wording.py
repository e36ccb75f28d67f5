"""Days and times as a person says them, in the active language and on the wall clock of the location."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic.directory.models import Location
from clinic.lib import clock

# Patterns of django.utils.dateformat: an Arabic date has its own comma.
DAY = {"en": "l j F", "ar": "l، j F"}
DAY_AND_YEAR = {"en": "l j F Y", "ar": "l، j F Y"}
SHORT_DAY = {"en": "D j M", "ar": "l j F"}


def language() -> str:
    return "ar" if (get_language() or "en").startswith("ar") else "en"


def pattern(patterns: dict[str, str]) -> str:
    return patterns[language()]


def plain_day(day: date, *, today: date) -> str:
    """ "Sunday 22 November"; the year is said when it is another one."""
    return date_format(day, pattern(DAY if day.year == today.year else DAY_AND_YEAR))


def day_in_words(day: date, *, today: date) -> str:
    """ "Tomorrow, Sunday 22 November"; today, tomorrow and yesterday are named."""
    said = plain_day(day, today=today)
    if day == today:
        return _("Today, %(day)s") % {"day": said}
    if day == today + timedelta(days=1):
        return _("Tomorrow, %(day)s") % {"day": said}
    if day == today - timedelta(days=1):
        return _("Yesterday, %(day)s") % {"day": said}
    return said


def short_day(day: date, *, today: date) -> str:
    """ "Today", "Tomorrow" or "Sun 22 Nov"."""
    if day == today:
        return _("Today")
    if day == today + timedelta(days=1):
        return _("Tomorrow")
    return date_format(day, pattern(SHORT_DAY))


def moment_in_words(instant: datetime, *, location: Location) -> str:
    """ "Tomorrow, Sunday 22 November at 09:30", as plain text."""
    local = instant.astimezone(ZoneInfo(location.time_zone))
    today = clock.local_day(clock.now(), location.time_zone)
    return _("%(day)s at %(time)s") % {"day": day_in_words(local.date(), today=today), "time": clock.shown(local)}


def moment_in_html(instant: datetime, *, location: Location, short: bool = False) -> SafeString:
    """The same as a <time> element whose clock time never mirrors; `short` says "Today 14:30"."""
    local = instant.astimezone(ZoneInfo(location.time_zone))
    today = clock.local_day(clock.now(), location.time_zone)
    time = format_html('<bdi dir="ltr">{}</bdi>', clock.shown(local))
    # The sentence is ours and its parts are built here; nothing a person typed is in it.
    sentence = _("%(day)s %(time)s") if short else _("%(day)s at %(time)s")
    said = short_day(local.date(), today=today) if short else day_in_words(local.date(), today=today)
    words = SafeString(sentence % {"day": said, "time": time})
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), words)
