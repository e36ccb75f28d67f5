"""The waitlist as a desk reads it: who waits, for what, and what each was offered, in a constant number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet

from clinic.directory.enums import Weekday
from clinic.lib.enumeration import listed
from clinic.scheduling.models.waitlist import WaitlistEntry, WaitlistOffer
from clinic.scheduling.waitlist.enums import EntryStatus, OfferStatus
from clinic.scheduling.waitlist.forms import WEEK

ICONS = {
    OfferStatus.OPEN: "time",
    OfferStatus.ACCEPTED: "circle-check",
    OfferStatus.DECLINED: "circle-xmark",
    OfferStatus.EXPIRED: "no-view",
    OfferStatus.GONE: "rotate",
}


@dataclass(frozen=True, slots=True)
class OfferLine:
    """An offer, its moments on the wall clock of its location. `is_over`: nobody answered, and it is not closed yet."""

    offer: WaitlistOffer
    starts: datetime
    expires: datetime
    icon: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class EntryLine:
    """`place` counts from 1 among those who wait for the same service; it is None for whoever waits no more."""

    entry: WaitlistEntry
    place: int | None
    weekdays: str
    offers: Sequence[OfferLine]

    @property
    def open_offer(self) -> OfferLine | None:
        found = (line for line in self.offers if line.offer.status == OfferStatus.OPEN and not line.is_over)
        return next(found, None)

    @property
    def past_offers(self) -> Sequence[OfferLine]:
        return [line for line in self.offers if line is not self.open_offer]

    @property
    def is_waiting(self) -> bool:
        return self.entry.status == EntryStatus.WAITING


def with_offers(entries: QuerySet[WaitlistEntry]) -> QuerySet[WaitlistEntry]:
    offers = WaitlistOffer.objects.select_related("practitioner", "location", "appointment").order_by("made_at", "pk")
    return entries.select_related("service", "practitioner", "location", "patient").prefetch_related(
        Prefetch("offers", queryset=offers)
    )


def places_in_line(entries: Iterable[WaitlistEntry]) -> dict[int, int]:
    """The place of each waiting entry among all who wait for its service."""
    services = {entry.service_id for entry in entries}
    waiting = WaitlistEntry.objects.filter(service__in=services, status=EntryStatus.WAITING)
    counts: dict[int, int] = {}
    places = {}
    for pk, service in waiting.order_by("created_at", "pk").values_list("pk", "service"):
        places[pk] = counts[service] = counts.get(service, 0) + 1
    return places


def lines_of(entries: Sequence[WaitlistEntry], *, now: datetime) -> list[EntryLine]:
    places = places_in_line(entries)
    return [
        EntryLine(
            entry=entry,
            place=places.get(entry.pk),
            weekdays=listed(str(Weekday(day).label) for day in WEEK if day in entry.weekdays),
            offers=[line_of(offer, now=now) for offer in entry.offers.all()],
        )
        for entry in entries
    ]


def line_of(offer: WaitlistOffer, *, now: datetime) -> OfferLine:
    wall = ZoneInfo(offer.location.time_zone)
    return OfferLine(
        offer=offer,
        starts=offer.starts_at.astimezone(wall),
        expires=offer.expires_at.astimezone(wall),
        icon=ICONS[OfferStatus(offer.status)],
        is_over=offer.status == OfferStatus.OPEN and offer.expires_at <= now,
    )
