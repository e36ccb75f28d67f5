"""Sending what is due: claim, check, send, record. Any number of workers may do it side by side.

A claim is committed before the work, so a message that kills its worker is counted too. What was sent but
could not be noted becomes `UNCONFIRMED` when its lease ends, and only staff send it again.
"""

import logging
import random
import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from clinic.messaging.channels import letter_for
from clinic.messaging.enums import MessageStatus
from clinic.messaging.faults import describe, is_permanent, was_refused
from clinic.messaging.models import Message
from clinic.messaging.registry import kind_of

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  # far longer than the time limit of a task
ROUND = 60  # seconds; what is left then waits for the next run
# What was sent notes its news; of the others nobody knows whether they arrived.
PERHAPS_LEFT = (MessageStatus.SENT, MessageStatus.SENDING, MessageStatus.UNCONFIRMED, MessageStatus.DISCARDED)
MAX_ATTEMPTS = 10  # about four hours with the pauses below


def deliver_due(*, round_seconds: float = ROUND) -> int:
    """Send the messages that are due, one after the other, and return how many were tried."""
    give_up_expired_claims()
    tried, stop_at = 0, time.monotonic() + round_seconds
    while time.monotonic() < stop_at and (message := claim_next()):
        deliver(message)
        tried += 1
    return tried


def give_up_expired_claims() -> int:
    """Mark messages whose worker never reported back: they were perhaps sent."""
    lost = Message.objects.filter(status=MessageStatus.SENDING, claimed_until__lt=timezone.now())
    count = lost.update(status=MessageStatus.UNCONFIRMED, last_error="The worker stopped before it noted the outcome.")
    if count:
        log.warning("%d messages were perhaps sent: their worker stopped before it noted the outcome", count)
    return count


def claim_next() -> Message | None:
    """Take the message that waits longest. The claim is committed when this returns."""
    with transaction.atomic(durable=True):
        now = timezone.now()
        waiting = Message.objects.filter(status=MessageStatus.PENDING, due_at__lte=now).order_by("due_at", "pk")
        message = waiting.select_for_update(skip_locked=True).first()
        if message:
            message.status = MessageStatus.SENDING
            message.attempts += 1
            message.claimed_until = now + LEASE
            message.save(update_fields=["status", "attempts", "claimed_until"])
    return message


def deliver(message: Message) -> None:
    """Check, send and record one claimed message. Whatever goes wrong with it is recorded, never raised."""
    try:
        kind = kind_of(message.kind)
        with translation.override(message.language):
            holds = kind.still_holds(message)
            later = kind.not_before(message) if holds and kind.not_before else None
            news = kind.news(message) if holds and kind.news else ""
        if not holds or (news and is_known(message, news)):
            record(message, status=MessageStatus.SKIPPED)
            return
        if later and later > timezone.now():
            postpone(message, until=later)
            return
        letter = letter_for(message, kind)
    except Exception as fault:  # noqa: BLE001 - a text may fail in any way, and others wait behind it
        record_fault(message, fault)
        return
    try:
        provider_id = letter.send()
    except Exception as fault:  # as above; what is not surely a refusal may have left
        if was_refused(fault):
            record_fault(message, fault)
        else:
            record(message, status=MessageStatus.UNCONFIRMED, last_error=describe(fault))
            log.exception("Message %s (%s) was perhaps sent", message.reference, message.kind)
    else:
        record(message, status=MessageStatus.SENT, sent_at=timezone.now(), provider_id=provider_id, news=news)
    finally:
        letter.close()


def is_known(message: Message, news: str) -> bool:
    """Whether the last that left about the subject told this recipient the same.

    What has perhaps left counts as other news, whatever it was: nobody is left with a time that is no more.
    """
    others = Message.objects.filter(subject_type=message.subject_type, subject=message.subject, status__in=PERHAPS_LEFT)
    last = others.exclude(pk=message.pk).order_by("-pk").values_list("recipient", "news").first()
    return last == (message.recipient, news)


def postpone(message: Message, *, until: datetime) -> None:
    """Let the message wait until its hour; that was no attempt."""
    Message.objects.filter(pk=message.pk, claimed_until=message.claimed_until).update(
        status=MessageStatus.PENDING, due_at=until, attempts=F("attempts") - 1, claimed_until=None
    )


def record_fault(message: Message, fault: Exception) -> None:
    """Give up at once when trying again is useless, else try again later, `MAX_ATTEMPTS` times in all."""
    final = is_permanent(fault) or message.attempts >= MAX_ATTEMPTS
    log.log(
        logging.ERROR if final else logging.WARNING,
        "Message %s (%s), attempt %d: %s",
        message.reference,
        message.kind,
        message.attempts,
        type(fault).__name__,
        exc_info=None if isinstance(fault, OSError) else fault,
    )
    if final:
        record(message, status=MessageStatus.DEAD, last_error=describe(fault))
    else:
        due_at = timezone.now() + pause(message.attempts)
        record(message, status=MessageStatus.PENDING, due_at=due_at, last_error=describe(fault))


def pause(attempts: int) -> timedelta:
    """How long to wait after the n-th attempt: 30 s · 2ⁿ, an hour at most, spread so that no crowd returns at once."""
    longest = min(30 * 2**attempts, 3600)
    return timedelta(seconds=random.uniform(longest / 2, longest))  # noqa: S311 - spreads load, guards nothing


def record(
    message: Message,
    *,
    status: MessageStatus,
    last_error: str = "",
    sent_at: datetime | None = None,
    due_at: datetime | None = None,
    provider_id: str = "",
    news: str = "",
) -> None:
    """Note the outcome, unless staff have taken the message in hand meanwhile: then this claim is over."""
    Message.objects.filter(pk=message.pk, claimed_until=message.claimed_until).update(
        status=status,
        last_error=last_error,
        sent_at=sent_at,
        provider_id=provider_id,
        news=news,
        due_at=due_at or F("due_at"),
        claimed_until=None,
    )
