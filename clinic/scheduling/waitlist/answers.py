"""What becomes of an offer: accepted, declined, or over."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F

from clinic.lib import clock
from clinic.scheduling.actions.bookings import Contact, book_appointment
from clinic.scheduling.actions.locks import StillBusy, in_transaction
from clinic.scheduling.actions.refusals import BookingRefused
from clinic.scheduling.enums import BookingSource
from clinic.scheduling.models import Appointment, Hold
from clinic.scheduling.models.waitlist import WaitlistEntry, WaitlistOffer
from clinic.scheduling.waitlist.entries import close_offer, end, locked, record
from clinic.scheduling.waitlist.enums import EntryStatus, OfferStatus
from clinic.scheduling.waitlist.messages import queue_ended
from clinic.scheduling.waitlist.refusals import WaitlistRefused
from clinic.scheduling.waitlist.rules import MOST_UNANSWERED
from clinic.scheduling.waitlist.waking import wake_waitlist


def accept_offer(*, offer: WaitlistOffer, by: AbstractBaseUser | None) -> Appointment:
    """Book the offered time. An offer that was accepted already gives the same visit.

    Raises `WaitlistRefused`, and `BookingRefused` when the clinic has needed the time for something else: the offer
    is then closed, and the entry goes on waiting.
    """

    def accept() -> Appointment:
        current, entry = locked_offer(offer)
        if current.status == OfferStatus.ACCEPTED and current.appointment:
            return current.appointment
        now = clock.now()
        check_open(current, entry, now=now)
        visit = book_appointment(
            service=entry.service,
            practitioner=current.practitioner,
            location=current.location,
            starts_at=current.starts_at,
            contact=Contact(name=entry.contact_name, phone=entry.contact_phone, email=entry.contact_email),
            language=entry.language,
            source=BookingSource.DESK if by else BookingSource.SITE,
            by=by,
            patient=entry.patient,
            hold=Hold.objects.filter(holder=current.holder).first(),
            ignore_notice=True,  # the notice was kept when the time was offered
        )
        close_offer(current, OfferStatus.ACCEPTED, now=now, appointment=visit)
        record(entry, "waitlist.accepted", by=by)
        end(entry, EntryStatus.BOOKED, by=by)
        return visit

    try:
        return in_transaction(accept)
    except StillBusy:
        raise WaitlistRefused("busy") from None
    except BookingRefused as refusal:
        if refusal.code != "busy":
            _settle(offer, OfferStatus.GONE, by=by)
        raise


def decline_offer(*, offer: WaitlistOffer, by: AbstractBaseUser | None) -> None:
    """Give the offered time to the next; the entry keeps its place. Twice is once. Raises `WaitlistRefused`."""
    _settle(offer, OfferStatus.DECLINED, by=by)


def _settle(offer: WaitlistOffer, status: OfferStatus, *, by: AbstractBaseUser | None) -> None:
    def settle() -> None:
        current, entry = locked_offer(offer)
        if current.status == status:
            return
        check_open(current, entry, now=clock.now())
        close_offer(current, status, now=clock.now())
        WaitlistEntry.objects.filter(pk=entry.pk).update(unanswered=0)
        record(entry, f"waitlist.{status}", by=by)
        wake_waitlist(entry.service_id)

    try:
        in_transaction(settle)
    except StillBusy:
        raise WaitlistRefused("busy") from None


def expire_offers() -> int:
    """Close the offers that nobody answered in time, so that the next in line is asked; how many.

    Whoever has let several go by, one after the other, is taken off the list and told.
    """
    now = clock.now()
    closed = 0
    for offer in WaitlistOffer.objects.filter(status=OfferStatus.OPEN, expires_at__lte=now).order_by("expires_at"):

        def expire(offer: WaitlistOffer = offer) -> int:
            current, entry = locked_offer(offer)
            if current.status != OfferStatus.OPEN or current.expires_at > now:
                return 0
            close_offer(current, OfferStatus.EXPIRED, now=now)
            record(entry, "waitlist.expired", by=None)
            # Whom the desk did not reach by phone has let nothing go by.
            if entry.contact_email:
                WaitlistEntry.objects.filter(pk=entry.pk).update(unanswered=F("unanswered") + 1)
                entry.refresh_from_db()
                if entry.unanswered >= MOST_UNANSWERED:
                    end(entry, EntryStatus.SILENT, by=None)
                    queue_ended(entry)
            return 1

        try:
            closed += in_transaction(expire)
        except StillBusy:
            continue  # the next run finds it
    return closed


def locked_offer(offer: WaitlistOffer) -> tuple[WaitlistOffer, WaitlistEntry]:
    """The offer as it is now, and its entry, both unchanged until the end of the transaction."""
    entry = locked(offer.entry)
    related: Any = WaitlistOffer.objects.select_related("practitioner", "location", "appointment")
    return related.get(pk=offer.pk), entry


def check_open(offer: WaitlistOffer, entry: WaitlistEntry, *, now: datetime) -> None:
    """Raises `WaitlistRefused` unless the offer can still be answered."""
    if offer.status == OfferStatus.EXPIRED or (offer.status == OfferStatus.OPEN and offer.expires_at <= now):
        raise WaitlistRefused("over")
    if offer.status != OfferStatus.OPEN:
        raise WaitlistRefused("answered")
    if entry.status != EntryStatus.WAITING:
        raise WaitlistRefused("ended")
