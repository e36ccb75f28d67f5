"""A practitioner's visits for the calendar program that fetches them every few minutes (RFC 5545, RFC 7986)."""

import hashlib
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from clinic.directory.models import Practitioner
from clinic.lib import clock
from clinic.scheduling.calendars import place
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment, CalendarFeed
from clinic.scheduling.queries import visits

BEFORE, AHEAD = timedelta(days=30), timedelta(days=180)
AGAIN = timedelta(minutes=15)  # after which a program should look again


def feed_token(feed: CalendarFeed) -> str:
    return _signer().sign(feed.reference)


def feed_url(feed: CalendarFeed, language: str) -> str:
    """The absolute address of the calendar in `language`."""
    with translation.override(language):
        return settings.SITE_URL.rstrip("/") + reverse("booking:feed", args=[feed_token(feed)])


def feed_of(token: str) -> CalendarFeed | None:
    """The feed of `token`, whose `user.practitioner` is there; None when it opens nothing, for whatever reason.

    An account that is closed, is no practitioner's any more or may not see visits any more has no feed either.
    """
    try:
        reference = _signer().unsign(token)
    except BadSignature:
        return None
    known = CalendarFeed.objects.select_related("user__practitioner")
    feed = known.filter(reference=reference, user__is_active=True, user__practitioner__isnull=False).first()
    return feed if feed is not None and feed.user.has_perm("scheduling.view_appointment") else None


def feed_file(feed: CalendarFeed) -> bytes:
    """The visits from a month back to half a year ahead, in the active language: the same bytes while nothing changes.

    Without a name, a phone or a note; with `shows_names` the patient's name.
    """
    practitioner: Practitioner = feed.user.practitioner
    calendar = Calendar()
    calendar.add("prodid", "-//Iyada//Practitioner//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", practitioner.name)
    calendar.add("x-wr-calname", practitioner.name)
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    for visit in visits_in_feed(practitioner, now=clock.now()):
        calendar.add_component(_entry(visit, names=feed.shows_names))
    return calendar.to_ical()


def visits_in_feed(practitioner: Practitioner, *, now: datetime) -> list[Appointment]:
    """A cancelled visit is not there: from what is not there any more, a program removes its entry."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    found = visits(practitioner=practitioner, starts_at__gte=today - BEFORE, starts_at__lt=today + AHEAD)
    return list(found.exclude(status=AppointmentStatus.CANCELLED))


def etag_of(file: bytes) -> str:
    """A strong validator (RFC 9110, 8.8.3)."""
    return f'"{hashlib.sha256(file).hexdigest()[:32]}"'


def _entry(visit: Appointment, *, names: bool) -> Event:
    event = Event()
    # Not the UID of the patient's entry: a practitioner may be invited as a patient, too.
    event.add("uid", f"{visit.reference}.practitioner@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", visit.revision)
    # When the visit was booked rather than now: what has not changed gives the same file.
    event.add("dtstamp", visit.created_at)
    event.add("dtstart", visit.starts_at)
    event.add("dtend", visit.ends_at)
    event.add("summary", f"{visit.service.name}: {visit.patient.name}" if names else visit.service.name)
    event.add("location", place(visit))
    event.add("description", _("Reference: %(reference)s") % {"reference": visit.spoken_reference})
    event.add("status", "TENTATIVE" if visit.status == AppointmentStatus.PENDING else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event


def _signer() -> Signer:
    return Signer(salt="clinic.scheduling.feeds", sep=".")
