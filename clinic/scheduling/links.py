"""Signed links: whoever received the message may look at the visit, confirm, move or cancel it, without an account.

A token is the opaque reference of the visit and a signature for one purpose; nothing else can be read from it.
When it ends is decided by the visit as it is now, so a visit that moves takes its links along.
"""

from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from clinic.lib import clock
from clinic.scheduling.models import Appointment

VIEW_AFTER_VISIT = timedelta(days=30)


class LinkPurpose(StrEnum):
    VIEW = "view"
    CONFIRM = "confirm"
    MOVE = "move"
    CANCEL = "cancel"


class LinkInvalid(Exception):
    """Nobody signed this for this purpose, or the visit does not exist: a stranger cannot tell which."""


class LinkExpired(Exception):
    """The link was good, and its time is over."""


def view_token(appointment: Appointment) -> str:
    return _signer(LinkPurpose.VIEW).sign(appointment.reference)


def confirm_token(appointment: Appointment) -> str:
    return _signer(LinkPurpose.CONFIRM).sign(appointment.reference)


def move_token(appointment: Appointment) -> str:
    return _signer(LinkPurpose.MOVE).sign(appointment.reference)


def cancel_token(appointment: Appointment) -> str:
    return _signer(LinkPurpose.CANCEL).sign(appointment.reference)


def read_token(token: str, purpose: LinkPurpose | str) -> str:
    """The reference of the visit that `token` opens for `purpose` ("view", "confirm", "move" or "cancel").

    A link to view holds until 30 days after the visit, the others until the visit starts. Raises `LinkExpired`,
    or `LinkInvalid` for everything that is not such a link.
    """
    purpose = LinkPurpose(purpose)
    try:
        reference = _signer(purpose).unsign(token)
        appointment = Appointment.objects.only("starts_at", "ends_at").get(reference=reference)
    except (BadSignature, Appointment.DoesNotExist):
        raise LinkInvalid from None
    ends = appointment.ends_at + VIEW_AFTER_VISIT if purpose is LinkPurpose.VIEW else appointment.starts_at
    if clock.now() >= ends:
        raise LinkExpired
    return reference


def view_url(appointment: Appointment, language: str) -> str:
    """The absolute address of the visit's page in `language`."""
    return _url("booking:visit", view_token(appointment), language)


def confirm_url(appointment: Appointment, language: str) -> str:
    """The absolute address of the page in `language` where the patient promises to come."""
    return _url("booking:confirm", confirm_token(appointment), language)


def move_url(appointment: Appointment, language: str) -> str:
    """The absolute address of the page in `language` that offers other times for the visit."""
    return _url("booking:move", move_token(appointment), language)


def cancel_url(appointment: Appointment, language: str) -> str:
    """The absolute address of the page in `language` that asks whether to cancel the visit."""
    return _url("booking:cancel", cancel_token(appointment), language)


def book_url(language: str) -> str:
    """The absolute address in `language` where a visitor starts to book."""
    with translation.override(language):
        return settings.SITE_URL.rstrip("/") + reverse("booking:start")


def _signer(purpose: LinkPurpose) -> Signer:
    # A full stop is safe in addresses, and mail programs do not break them there.
    return Signer(salt=f"clinic.scheduling.links.{purpose}", sep=".")


def _url(route: str, token: str, language: str) -> str:
    with translation.override(language):
        return settings.SITE_URL.rstrip("/") + reverse(route, kwargs={"token": token})
