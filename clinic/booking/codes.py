"""Sending a code to a contact, and reading it back. What is right is computed, and stands nowhere."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic.booking.models import ContactCode
from clinic.booking.rules import CODE_DIGITS, CODE_MINUTES, MOST_ATTEMPTS, PROOF_MINUTES
from clinic.directory.enums import CodeBy
from clinic.directory.models import Service
from clinic.lib import clock
from clinic.lib.phone import can_text
from clinic.messaging.actions import queue_message
from clinic.messaging.enums import Channel
from clinic.messaging.sms import sms_is_sent

KIND = SUBJECT_TYPE = "contact_code"
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('code ' || %s, 0))"
HOUR = timedelta(hours=1)
REFUSALS = {
    "digits": _("Enter the six digits of the code."),
    "wrong": _("This code is not right. Please look at it again."),
    "over": _("This code can no longer be used. Please have a new one sent."),
    "limit": _("Too many codes were asked for within an hour. Please try again later, or call us."),
}


class CodeRefused(Exception):
    """A code was not sent or not accepted. `code` is a key of `REFUSALS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def message(self) -> str | Promise:
        """One sentence for the reader, translated when it is shown."""
        return REFUSALS[self.code]


@dataclass(frozen=True, slots=True)
class Claim:
    """Whoever sends the form with `key` says that `address`, a phone in E.164 or an e-mail address, is theirs."""

    key: str
    channel: str
    address: str

    @property
    def digest(self) -> str:
        text = f"{self.channel} {self.address.lower()}"
        return salted_hmac("clinic.booking.contact", text, algorithm="sha256").hexdigest()


def channel_of(service: Service) -> str:
    """How a code for `service` goes; empty where none is asked for. Without a carrier for SMS it goes by e-mail."""
    if service.code_by == CodeBy.SMS and not sms_is_sent():
        return Channel.EMAIL
    return service.code_by


def channel_to_owner(crowded: Collection[str], *, phone: str) -> str:
    """How a code goes to whoever typed a contact that many coming visits have; empty when none has.

    `crowded` are of "phone" and "email". By SMS when it is the number alone, and it takes SMS: e-mail costs nothing.
    """
    if not crowded:
        return ""
    return Channel.SMS if "email" not in crowded and sms_is_sent() and can_text(phone) else Channel.EMAIL


def send_code(claim: Claim, *, language: str) -> ContactCode:
    """Send a new code; the earlier ones of this form can no longer be typed.

    Raises `CodeRefused("limit")` when the contact was sent `settings.CODES_PER_CONTACT` within an hour, by whomever.
    """
    with transaction.atomic():
        # Two requests for one contact are counted one after the other.
        with connection.cursor() as cursor:
            cursor.execute(LOCK, [claim.digest])
        now = clock.now()
        recent = ContactCode.objects.filter(contact=claim.digest, created_at__gt=now - HOUR)
        if recent.count() >= settings.CODES_PER_CONTACT:
            raise CodeRefused("limit")
        code = ContactCode.objects.create(
            key=claim.key,
            channel=claim.channel,
            contact=claim.digest,
            created_at=now,
            expires_at=now + timedelta(minutes=CODE_MINUTES),
        )
        queue_message(
            kind=KIND,
            subject_type=SUBJECT_TYPE,
            subject=code.reference,
            rule="code",
            revision=0,
            recipient=claim.address,
            language=language,
            channel=claim.channel,
        )
    return code


def open_code(claim: Claim) -> ContactCode | None:
    """The code that was sent last for `claim`, while it can be typed."""
    last = ContactCode.objects.filter(key=claim.key, contact=claim.digest).order_by("-pk").first()
    return last if last is not None and can_be_typed(last) else None


def can_be_typed(code: ContactCode) -> bool:
    return code.proven_at is None and code.attempts < MOST_ATTEMPTS and code.expires_at > clock.now()


def prove(claim: Claim, typed: str) -> None:
    """Accept the code that was `typed`, in digits of any script. Raises `CodeRefused` "digits", "wrong" or "over"."""
    digits = digits_in(typed)
    if len(digits) != CODE_DIGITS:
        raise CodeRefused("digits")
    code = open_code(claim)
    if code is None:
        raise CodeRefused("over")
    now = clock.now()
    # Counted before it is compared, and committed whatever comes of it: many guesses at once are many.
    left = ContactCode.objects.filter(
        pk=code.pk, proven_at=None, attempts__lt=MOST_ATTEMPTS, expires_at__gt=now
    ).update(attempts=F("attempts") + 1)
    if not left:
        raise CodeRefused("over")
    if not constant_time_compare(digits, digits_of(code)):
        raise CodeRefused("wrong" if open_code(claim) else "over")
    ContactCode.objects.filter(pk=code.pk).update(proven_at=now)


def is_proven(claim: Claim) -> bool:
    """Whether the code of this form was read a short while ago. The form books once, so its proof serves once."""
    since = clock.now() - timedelta(minutes=PROOF_MINUTES)
    return ContactCode.objects.filter(key=claim.key, contact=claim.digest, proven_at__gt=since).exists()


def digits_of(code: ContactCode) -> str:
    """The code itself, for its message and for comparing."""
    secret = salted_hmac("clinic.booking.code", code.reference, algorithm="sha256").hexdigest()
    return f"{int(secret, 16) % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def digits_in(typed: str) -> str:
    """The digits of `typed` as 0 to 9; spaces and hyphens between them are nothing, anything else is no code."""
    found = [unicodedata.decimal(char, None) for char in typed if char not in " -\u200e\u200f\u00a0"]
    return "" if None in found else "".join(map(str, found))


def forget_codes() -> int:
    """Delete codes of a day ago and older; how many. No limit counts them any more."""
    return ContactCode.objects.filter(created_at__lte=clock.now() - timedelta(days=1)).delete()[0]
