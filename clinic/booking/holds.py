"""The time that this browser keeps for a few minutes, carried in the address as a signed token, not in a session."""

from django.core import signing

from clinic.booking.choices import Choice
from clinic.lib import clock
from clinic.scheduling.actions import release_hold
from clinic.scheduling.models import Hold

signer = signing.Signer(salt="clinic.booking.hold")


def hold_token(hold: Hold) -> str:
    return signer.sign(hold.reference)


def find_hold(token: str) -> Hold | None:
    """The hold of `token` while it lasts."""
    try:
        reference = signer.unsign(token)
    except signing.BadSignature:
        return None
    known = Hold.objects.select_related("service", "practitioner", "location")
    return known.filter(reference=reference, expires_at__gt=clock.now()).first()


def find_hold_of(choice: Choice, token: str) -> Hold | None:
    """The hold of `token` when it keeps exactly this choice."""
    hold = find_hold(token)
    return hold if hold is not None and choice_of(hold) == choice else None


def choice_of(hold: Hold) -> Choice:
    return Choice(hold.service, hold.practitioner, hold.location, hold.starts_at)


def let_go(token: str) -> None:
    """Free the time of `token`, if it still holds one."""
    hold = find_hold(token)
    if hold is not None:
        release_hold(hold=hold)
