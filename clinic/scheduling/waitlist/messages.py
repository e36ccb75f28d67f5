"""What those who wait are told, and whether it still holds when the mail leaves."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from clinic.directory.hijri import hijri_days
from clinic.lib import clock
from clinic.lib.phone import for_reading
from clinic.messaging.actions import queue_message
from clinic.messaging.models import Message
from clinic.messaging.registry import MessageKind, register
from clinic.scheduling.links import book_url
from clinic.scheduling.messages import DAY, NO_NAME
from clinic.scheduling.models.waitlist import WaitlistEntry, WaitlistOffer
from clinic.scheduling.waitlist.enums import EntryStatus, OfferStatus
from clinic.scheduling.waitlist.links import entry_url, offer_url

JOINED, OFFERED, ENDED = "waitlist_joined", "waitlist_offer", "waitlist_ended"


def queue_joined(entry: WaitlistEntry) -> Message | None:
    """Queue the news that the wish is on the list; None without an e-mail address, as for the others."""
    return _queue(entry, kind=JOINED, subject=entry.reference)


def queue_offer(offer: WaitlistOffer) -> Message | None:
    """Queue the offer of a time, with the link to answer it."""
    return _queue(offer.entry, kind=OFFERED, subject=offer.reference)


def queue_ended(entry: WaitlistEntry) -> Message | None:
    """Queue the news that the list has given up on the wish."""
    return _queue(entry, kind=ENDED, subject=entry.reference)


def _queue(entry: WaitlistEntry, *, kind: str, subject: str) -> Message | None:
    if not entry.contact_email:
        return None
    return queue_message(
        kind=kind,
        subject_type="waitlist",
        subject=subject,
        rule=kind.removeprefix("waitlist_"),
        revision=0,
        recipient=entry.contact_email,
        language=entry.language,
    )


def still_waits(message: Message) -> bool:
    return WaitlistEntry.objects.filter(reference=message.subject, status=EntryStatus.WAITING).exists()


def still_offered(message: Message) -> bool:
    """Whether the offer can still be answered."""
    return WaitlistOffer.objects.filter(
        reference=message.subject, status=OfferStatus.OPEN, expires_at__gt=clock.now()
    ).exists()


def has_ended(message: Message) -> bool:
    given_up = (EntryStatus.SILENT, EntryStatus.OVER)
    return WaitlistEntry.objects.filter(reference=message.subject, status__in=given_up).exists()


def entry_context(message: Message) -> dict[str, Any]:
    related = WaitlistEntry.objects.select_related("service", "practitioner", "location")
    entry = related.get(reference=message.subject)
    return {
        **_common(entry),
        "first_day": date_format(entry.first_day, DAY[message.language]),
        "last_day": date_format(entry.last_day, DAY[message.language]),
        "is_silent": entry.status == EntryStatus.SILENT,
        "book_url": book_url(message.language),
        "entry_url": entry_url(entry, message.language),
    }


def offer_context(message: Message) -> dict[str, Any]:
    """What the frame of the mails about visits shows, for a visit that is not booked yet."""
    related = WaitlistOffer.objects.select_related("entry__service", "practitioner", "location")
    offer = related.get(reference=message.subject)
    wall = ZoneInfo(offer.location.time_zone)
    starts, until = offer.starts_at.astimezone(wall), offer.ends_at.astimezone(wall)
    expires = offer.expires_at.astimezone(wall)
    return {
        **_common(offer.entry),
        "visit": {
            "service": offer.entry.service,
            "practitioner": offer.practitioner,
            "location": offer.location,
            "spoken_reference": str(offer.entry),
        },
        "day": date_format(starts, DAY[message.language]),
        "hijri": hijri_days(starts.date()),
        "time": clock.shown(starts),
        "until": clock.shown(until),
        "phone": for_reading(offer.location.phone),
        "expires_day": date_format(expires, DAY[message.language]),
        "expires_time": clock.shown(expires),
        "offer_url": offer_url(offer, message.language),
    }


def _common(entry: WaitlistEntry) -> dict[str, Any]:
    # An address in a name would be a link in the mail.
    return {"entry": entry, "name": "" if NO_NAME.search(entry.contact_name) else entry.contact_name}


def register_kinds() -> None:
    register(
        MessageKind(
            name=JOINED,
            label=_("Put on the waitlist"),
            template="emails/waitlist_joined",
            still_holds=still_waits,
            context=entry_context,
        )
    )
    register(
        MessageKind(
            name=OFFERED,
            label=_("A free time for somebody who waits"),
            template="emails/waitlist_offer",
            still_holds=still_offered,
            context=offer_context,
        )
    )
    register(
        MessageKind(
            name=ENDED,
            label=_("The waitlist has ended for somebody"),
            template="emails/waitlist_ended",
            still_holds=has_ended,
            context=entry_context,
        )
    )
