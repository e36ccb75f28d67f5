"""Offering a free time to whoever waits for it longest."""

from datetime import datetime
from itertools import islice

from django.db import connection, transaction

from clinic.directory.models import Practitioner, Service
from clinic.lib import clock
from clinic.scheduling.actions.locks import StillBusy, in_transaction
from clinic.scheduling.actions.refusals import BookingRefused
from clinic.scheduling.actions.seats import choose_seats, drop_holds, lock_candidates, reserve
from clinic.scheduling.actions.terms import check_hours
from clinic.scheduling.actions.wishes import Wish
from clinic.scheduling.enums import ReservationReason
from clinic.scheduling.models import Hold
from clinic.scheduling.models.waitlist import WaitlistEntry, WaitlistOffer
from clinic.scheduling.waitlist.answers import expire_offers
from clinic.scheduling.waitlist.entries import end_past_entries, locked, record
from clinic.scheduling.waitlist.enums import EntryStatus, OfferStatus
from clinic.scheduling.waitlist.matching import FreeTime, free_times, matches
from clinic.scheduling.waitlist.messages import queue_offer

# One after the other, so that two workers never ask the second in line because the first is being asked.
TURN = "SELECT pg_advisory_xact_lock(hashtextextended('waitlist ' || %s, 0))"
MOST_TRIES = 20  # times that were taken between looking and keeping; then the next run goes on
MOST_OFFERS = 100  # of one run


def work_through(service: int | None = None) -> int:
    """Close what has ended and offer what is free, for one service or all; how many offers were made.

    Safe to run twice, late and side by side.
    """
    if service is None:
        end_past_entries()
    expire_offers()
    waiting = WaitlistEntry.objects.filter(status=EntryStatus.WAITING)
    services = Service.objects.filter(pk__in=waiting.values("service")).order_by("pk")
    made = 0
    for each in services if service is None else services.filter(pk=service):
        while made < MOST_OFFERS and offer_next(service=each):
            made += 1
    return made


def offer_next(*, service: Service) -> WaitlistOffer | None:
    """Offer the first free time that fits to the first in line; None when nothing fits anybody.

    The time is kept, the patient told and the event recorded in one transaction.
    """

    def offer() -> WaitlistOffer | None:
        with connection.cursor() as cursor:
            cursor.execute(TURN, [str(service.pk)])
        now = clock.now()
        line = in_line(service)
        times = free_times(service, line, now=now) if line else []
        for entry, time in islice(matches(line, times, now=now), MOST_TRIES):
            if made := keep_for(entry, time, service=service, now=now):
                return made
        return None

    try:
        return in_transaction(offer)
    except StillBusy:
        return None


def in_line(service: Service) -> list[WaitlistEntry]:
    """Those who wait for `service` and have no open offer, the first one first, with all that they were offered."""
    waiting = WaitlistEntry.objects.filter(service=service, status=EntryStatus.WAITING)
    asked = WaitlistOffer.objects.filter(status=OfferStatus.OPEN).values("entry")
    return list(waiting.exclude(pk__in=asked).order_by("created_at", "pk").prefetch_related("offers"))


def keep_for(entry: WaitlistEntry, time: FreeTime, *, service: Service, now: datetime) -> WaitlistOffer | None:
    """Keep `time` for `entry` and tell them; None when the time or the entry is gone meanwhile."""
    practitioner = Practitioner.objects.get(pk=time.slot.practitioner_id)
    wish = Wish(service, practitioner, time.place, time.slot.starts_at)
    try:
        with transaction.atomic():
            current = locked(entry)
            if current.status != EntryStatus.WAITING:
                return None
            resources = lock_candidates(wish)
            drop_holds(resources=resources, now=now, own=None)
            check_hours(wish, now=now, ignore_notice=False)
            seats = choose_seats(wish, resources=resources)
            where = {"practitioner": practitioner, "location": time.place, "starts_at": wish.starts_at}
            offer = WaitlistOffer.objects.create(entry=current, made_at=now, expires_at=time.ends, **where)
            hold = Hold.objects.create(service=service, holder=offer.holder, expires_at=time.ends, **where)
            reserve(wish, seats=seats, reason=ReservationReason.HOLD, hold=hold.pk)
            starts_at = wish.starts_at.isoformat()
            record(current, "waitlist.offered", by=None, location=time.place.slug, starts_at=starts_at)
            queue_offer(offer)
            return offer
    except BookingRefused:
        return None
