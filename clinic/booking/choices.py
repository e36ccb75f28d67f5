"""What a visitor has chosen, read from an address or a form in which anything may stand."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.urls import reverse

from clinic.directory.models import Location, Practitioner, Service
from clinic.directory.queries import listed_practitioners, open_locations, public_services
from clinic.lib import clock

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,50}")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)", re.ASCII)
SEPARATOR = "~"  # stands in no slug and in no instant
FARTHEST = timedelta(days=800)  # beyond every horizon, and far from the ends of the calendar


@dataclass(frozen=True, slots=True)
class Choice:
    """A visit that a visitor would like: all of it exists and belongs together, but the time may be taken."""

    service: Service
    practitioner: Practitioner
    location: Location
    starts_at: datetime

    @property
    def fields(self) -> dict[str, str]:
        """As it stands in addresses and hidden fields."""
        return {
            "practitioner": self.practitioner.slug,
            "location": self.location.slug,
            "start": written(self.starts_at),
        }

    def details_url(self, **more: str) -> str:
        """Where the visitor gives name and phone for this visit."""
        return f"{reverse('booking:details', args=[self.service.slug])}?{urlencode({**self.fields, **more})}"

    def times_url(self, **more: str) -> str:
        """Where another time of the same kind is found."""
        wanted = {"doctor": self.practitioner.slug, "location": self.location.slug, **more}
        return f"{reverse('booking:times', args=[self.service.slug])}?{urlencode(wanted)}"


def written(instant: datetime) -> str:
    """ "2026-11-22T07:30Z"."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def read_instant(text: str) -> datetime | None:
    """The instant in ISO 8601 `text`, in UTC; None unless it names an offset and lies near today."""
    if not INSTANT.fullmatch(text):
        return None
    try:
        instant = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return instant if abs(instant - clock.now()) < FARTHEST else None


def service_or_404(slug: str) -> Service:
    service = public_services().filter(slug=slug).first() if SLUG.fullmatch(slug) else None
    if service is None:
        raise Http404
    return service


def practitioner_or_404(slug: str, *, service: Service | None = None) -> Practitioner:
    found = listed_practitioners() if service is None else listed_practitioners().filter(services=service)
    practitioner = found.filter(slug=slug).first() if SLUG.fullmatch(slug) else None
    if practitioner is None:
        raise Http404
    return practitioner


def location_or_404(slug: str) -> Location:
    location = open_locations().filter(slug=slug).first() if SLUG.fullmatch(slug) else None
    if location is None:
        raise Http404
    return location


def choice_or_404(service: Service, data: QueryDict) -> Choice:
    """The choice in `data`: `practitioner`, `location` and `start`, or all three in `slot` joined by "~"."""
    names = ("practitioner", "location", "start")
    parts = data.get("slot", "").split(SEPARATOR) if "slot" in data else [data.get(name, "") for name in names]
    if len(parts) != len(names):
        raise Http404
    starts_at = read_instant(parts[2])
    if starts_at is None:
        raise Http404
    return Choice(service, practitioner_or_404(parts[0], service=service), location_or_404(parts[1]), starts_at)


def slot_value(practitioner: Practitioner, location: Location, starts_at: datetime) -> str:
    """What a button for one free time sends as `slot`."""
    return SEPARATOR.join((practitioner.slug, location.slug, written(starts_at)))


def read_day(text: str) -> date | None:
    """The day in "2026-11-22", brought near to today; None for nothing. Raises Http404 for what is no day."""
    if not text:
        return None
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise Http404 from None
    today = clock.now().date()
    return min(max(day, today - FARTHEST), today + FARTHEST)
