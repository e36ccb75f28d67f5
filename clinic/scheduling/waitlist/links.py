"""Signed links of the waitlist: an answer to one offer, or one's own entry, without an account.

A token is an opaque reference and a signature for one purpose. When it ends is decided by the row as it is now.
"""

from typing import TypeVar

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from clinic.scheduling.links import LinkInvalid
from clinic.scheduling.models.waitlist import WaitlistEntry, WaitlistOffer

Row = TypeVar("Row", WaitlistEntry, WaitlistOffer)
ENTRY, OFFER = "entry", "offer"


def entry_token(entry: WaitlistEntry) -> str:
    return _signer(ENTRY).sign(entry.reference)


def offer_token(offer: WaitlistOffer) -> str:
    return _signer(OFFER).sign(offer.reference)


def entry_of(token: str) -> WaitlistEntry:
    """The entry that `token` opens. Raises `LinkInvalid`."""
    known = WaitlistEntry.objects.select_related("service", "practitioner", "location")
    return _find(known, token, ENTRY)


def offer_of(token: str) -> WaitlistOffer:
    """The offer that `token` opens, answered or not. Raises `LinkInvalid`."""
    known = WaitlistOffer.objects.select_related("entry__service", "practitioner", "location", "appointment")
    return _find(known, token, OFFER)


def entry_url(entry: WaitlistEntry, language: str) -> str:
    """The absolute address in `language` where the entry is shown and can be withdrawn."""
    return _url("booking:waiting", entry_token(entry), language)


def offer_url(offer: WaitlistOffer, language: str) -> str:
    """The absolute address in `language` where the offer is answered."""
    return _url("booking:offer", offer_token(offer), language)


def _find(rows: QuerySet[Row], token: str, purpose: str) -> Row:
    try:
        return rows.get(reference=_signer(purpose).unsign(token))
    except (BadSignature, rows.model.DoesNotExist):
        raise LinkInvalid from None


def _signer(purpose: str) -> Signer:
    # A full stop is safe in addresses, and mail programs do not break them there.
    return Signer(salt=f"clinic.scheduling.waitlist.{purpose}", sep=".")


def _url(route: str, token: str, language: str) -> str:
    with translation.override(language):
        return settings.SITE_URL.rstrip("/") + reverse(route, kwargs={"token": token})
