"""Coming onto the waitlist and leaving it."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q

from clinic.audit.actions import record_event
from clinic.directory.models import Location, Practitioner, Service
from clinic.lib import clock
from clinic.patients.models import Patient
from clinic.scheduling.actions.bookings import Contact
from clinic.scheduling.actions.locks import StillBusy, in_transaction
from clinic.scheduling.enums import BookingSource
from clinic.scheduling.models import Hold, Reservation
from clinic.scheduling.models.waitlist import WaitlistEntry, WaitlistOffer
from clinic.scheduling.waitlist.enums import EntryStatus, OfferStatus
from clinic.scheduling.waitlist.messages import queue_ended, queue_joined
from clinic.scheduling.waitlist.refusals import WaitlistRefused
from clinic.scheduling.waitlist.waking import wake_waitlist

MEMORY = timedelta(days=30)  # how long an entry that has ended is kept


def join_waitlist(
    *,
    service: Service,
    first_day: date,
    last_day: date,
    contact: Contact,
    language: str,
    source: BookingSource | str,
    key: str,
    by: AbstractBaseUser | None,
    practitioner: Practitioner | None = None,
    location: Location | None = None,
    weekdays: list[int] | None = None,
    earliest: time | None = None,
    latest: time | None = None,
    patient: Patient | None = None,
) -> WaitlistEntry:
    """Put a wish at the end of the waitlist and tell whoever made it, in one transaction with the audit event.

    Days and times are local to each location. The same `key` again returns the same entry.
    """

    def join() -> WaitlistEntry:
        entry, is_new = WaitlistEntry.objects.get_or_create(
            key=key,
            defaults={
                "service": service,
                "practitioner": practitioner,
                "location": location,
                "patient": patient,
                "first_day": first_day,
                "last_day": last_day,
                "weekdays": sorted(set(weekdays or [])),
                "earliest": earliest,
                "latest": latest,
                "contact_name": contact.name,
                "contact_phone": contact.phone,
                "contact_email": contact.email,
                "language": language,
                "source": source,
            },
        )
        if is_new:
            record(entry, "waitlist.joined", by=by)
            queue_joined(entry)
            wake_waitlist(service.pk)
        return entry

    return in_transaction(join)


def leave_waitlist(*, entry: WaitlistEntry, by: AbstractBaseUser | None) -> WaitlistEntry:
    """Take an entry off the list; a time that is offered to it goes to the next. Twice is once.

    Raises `WaitlistRefused`: an entry that became a visit has "ended".
    """

    def leave() -> WaitlistEntry:
        current = locked(entry)
        if current.status == EntryStatus.LEFT:
            return current
        if current.status != EntryStatus.WAITING:
            raise WaitlistRefused("ended")
        for offer in current.offers.filter(status=OfferStatus.OPEN):
            close_offer(offer, OfferStatus.DECLINED, now=clock.now())
        end(current, EntryStatus.LEFT, by=by)
        wake_waitlist(current.service_id)
        return current

    try:
        return in_transaction(leave)
    except StillBusy:
        raise WaitlistRefused("busy") from None


def end_past_entries() -> int:
    """End the entries whose last day has passed everywhere on earth, and tell them; how many."""
    today = clock.now().date()
    ended = 0
    past = WaitlistEntry.objects.filter(status=EntryStatus.WAITING, last_day__lt=today - timedelta(days=1))
    for entry in past.exclude(offers__status=OfferStatus.OPEN):

        def finish(entry: WaitlistEntry = entry) -> int:
            current = locked(entry)
            if current.status != EntryStatus.WAITING or current.offers.filter(status=OfferStatus.OPEN).exists():
                return 0
            end(current, EntryStatus.OVER, by=None)
            queue_ended(current)
            return 1

        ended += in_transaction(finish)
    return ended


def forget_entries() -> int:
    """Delete the entries that ended long ago, with their offers; how many. Visits that came of them stay."""
    old = WaitlistEntry.objects.filter(ended_at__lt=clock.now() - MEMORY)
    return old.delete()[1].get("scheduling.WaitlistEntry", 0)


def locked(entry: WaitlistEntry) -> WaitlistEntry:
    """The entry as it is now, and stays until the end of the transaction."""
    return WaitlistEntry.objects.select_for_update().get(pk=entry.pk)


def end(entry: WaitlistEntry, status: EntryStatus, *, by: AbstractBaseUser | None) -> None:
    """End a locked entry."""
    entry.status, entry.ended_at = status, clock.now()
    entry.save(update_fields=["status", "ended_at"])
    record(entry, "waitlist.ended", by=by, status=str(status))


def close_offer(offer: WaitlistOffer, status: OfferStatus, *, now: datetime, **values: Any) -> None:
    """Settle an open offer of a locked entry, and let go of the time that it kept."""
    holds = Q(hold__holder=offer.holder)
    Reservation.objects.filter(holds).delete()
    Hold.objects.filter(holder=offer.holder).delete()
    WaitlistOffer.objects.filter(pk=offer.pk).update(status=status, answered_at=now, **values)
    offer.refresh_from_db()


def record(entry: WaitlistEntry, verb: str, *, by: AbstractBaseUser | None, **detail: str) -> None:
    """Neither service nor practitioner: a wish for the cardiologist says something about a heart."""
    record_event(verb, subject_type="waitlistentry", subject=entry.reference, by=by, detail=detail)
