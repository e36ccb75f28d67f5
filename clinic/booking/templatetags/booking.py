"""What the templates of booking say about times, lengths and numbers."""

from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from clinic.booking import reasons, wording
from clinic.directory.models import Location
from clinic.lib import clock, enumeration, phone
from clinic.scheduling.availability import Reason

register = template.Library()


@register.simple_tag
def moment(instant: datetime, location: Location) -> SafeString:
    """ "Tomorrow, Sunday 22 November at 09:30" on the wall clock of `location`."""
    return wording.moment_in_html(instant, location=location)


@register.simple_tag
def short_moment(instant: datetime, location: Location) -> SafeString:
    """ "Today 14:30"."""
    return wording.moment_in_html(instant, location=location, short=True)


@register.simple_tag
def clock_time(instant: datetime, location: Location) -> SafeString:
    """ "14:30" on the wall clock of `location`."""
    local = instant.astimezone(ZoneInfo(location.time_zone))
    return format_html(
        '<time datetime="{}" dir="ltr">{}</time>', local.isoformat(timespec="minutes"), clock.shown(local)
    )


@register.filter
def day_in_words(day: date, today: date) -> str:
    return wording.day_in_words(day, today=today)


@register.filter
def plain_day(day: date, today: date) -> str:
    return wording.plain_day(day, today=today)


@register.filter
def month_in_words(day: date) -> str:
    """ "November 2026"."""
    return date_format(day, "F Y")


@register.filter
def reason(why: Reason) -> str:
    return reasons.line(why)


@register.filter
def zones(places: Iterable[Location]) -> list[tuple[str, str]]:
    """The time zones of `places`, each with the city that it is known by to readers."""
    found: dict[str, str] = {}
    for place in places:
        found.setdefault(place.time_zone, place.city)
    return [(city, zone) for zone, city in found.items()]


@register.filter
def free_here(count: int) -> str:
    """ "12 free", for a day of a month."""
    return ngettext("%(count)s free", "%(count)s free", count) % {"count": count}


@register.filter
def day_at(instant: datetime, location: Location) -> date:
    """The day of `instant` on the wall clock of `location`."""
    return clock.local_day(instant, location.time_zone)


@register.filter
def local_date(instant: datetime, location: Location) -> str:
    """The day of `instant` on the wall clock of `location`, as it stands in addresses."""
    return clock.local_day(instant, location.time_zone).isoformat()


@register.filter
def minutes(length: int) -> str:
    return ngettext("%(count)s minute", "%(count)s minutes", length) % {"count": length}


@register.simple_tag
def phone_link(location: Location) -> SafeString:
    """The phone number of `location` to read and to ring, never mirrored; for use inside a sentence."""
    return format_html(
        '<a class="phone" href="tel:{}"><bdi dir="ltr">{}</bdi></a>', location.phone, phone.for_reading(location.phone)
    )


@register.filter
def directions(location: Location) -> str:
    """A map of the place, at a site that asks for no account and follows nobody."""
    if location.latitude is None or location.longitude is None:
        query = urlencode({"query": f"{location.address_en}, {location.city_en}"})
        return f"https://www.openstreetmap.org/search?{query}"
    place = urlencode({"mlat": location.latitude, "mlon": location.longitude})
    return f"https://www.openstreetmap.org/?{place}#map=17/{location.latitude}/{location.longitude}"


@register.filter
def listed(things: Iterable[object]) -> str:
    """Names with the comma of the language between them."""
    return enumeration.listed([str(thing) for thing in things])


@register.filter
def unprefixed(name: str) -> str:
    """A doctor's name without the title before it, so that the first letter is the person's."""
    words = name.split()
    return " ".join(words[1:]) if len(words) > 1 and words[0].endswith(".") else name


@register.filter
def doctors_found(count: int) -> str:
    if not count:
        return gettext("No doctors found")
    return ngettext("%(count)s doctor", "%(count)s doctors", count) % {"count": count}


@register.filter
def free_times(count: int) -> str:
    if not count:
        return gettext("No free times")
    return ngettext("%(count)s free time", "%(count)s free times", count) % {"count": count}
