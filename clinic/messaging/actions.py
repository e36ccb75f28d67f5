"""Putting messages into the outbox, and what staff do about those that could not be sent."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.audit.actions import record_event
from clinic.lib.references import new_reference
from clinic.messaging.enums import STUCK, Channel, MessageStatus
from clinic.messaging.models import Message
from clinic.messaging.registry import kind_of
from clinic.messaging.tasks import deliver_due_messages

INSERT = """
    INSERT INTO messaging_message (reference, kind, subject_type, subject, rule, channel, revision, recipient, language,
                                   status, due_at, attempts, provider_id, last_error, created_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 0, '', '', %s)
    ON CONFLICT ON CONSTRAINT message_once_for_each_revision DO NOTHING
    RETURNING *
"""


class MessageSettled(Exception):
    """Only a message that was given up, or was perhaps sent, can be tried again or discarded."""

    message = _("This message needs nothing any more: somebody else has dealt with it.")


def queue_message(
    *,
    kind: str,
    subject_type: str,
    subject: str,
    rule: str,
    revision: int,
    recipient: str,
    language: str,
    due_at: datetime | None = None,
    channel: str = Channel.EMAIL,
) -> Message | None:
    """Write a message in the caller's transaction, due now unless `due_at` says later; None if it exists already.

    A worker is woken when that transaction commits. Raises `UnknownKind`, and `ValueError` for a language that the
    site does not speak or a missing recipient.
    """
    kind_of(kind)
    if language not in dict(settings.LANGUAGES) or not recipient:
        raise ValueError("A message needs a recipient and one of the site's languages.")
    now = timezone.now()
    about = (new_reference(), kind, subject_type, subject, rule, channel, revision, recipient, language)
    rows = list(Message.objects.raw(INSERT, [*about, MessageStatus.PENDING, due_at or now, now]))
    if not rows:
        return None
    if rows[0].due_at <= now:
        wake_worker()
    return rows[0]


def wake_worker() -> None:
    """Ring for a worker when the transaction commits; while the broker is down the next periodic run finds the row."""
    transaction.on_commit(ring, robust=True)


def ring() -> None:
    # Not `retry=False`: kombu then connects with pauses of its own, two seconds long.
    deliver_due_messages.apply_async(expires=60)


def retry_message(*, message: Message, by: AbstractBaseUser) -> Message:
    """Send a message that was given up or perhaps sent once more. Raises `MessageSettled`."""
    with transaction.atomic():
        message = _unsettled(message)
        _settle(message, MessageStatus.PENDING, verb="message.retried", by=by)
        wake_worker()
    return message


def discard_message(*, message: Message, by: AbstractBaseUser) -> Message:
    """Close a message that was given up or perhaps sent: it is never sent again. Raises `MessageSettled`."""
    with transaction.atomic():
        message = _unsettled(message)
        _settle(message, MessageStatus.DISCARDED, verb="message.discarded", by=by)
    return message


def _unsettled(message: Message) -> Message:
    current = Message.objects.select_for_update().get(pk=message.pk)
    if current.status not in STUCK:
        raise MessageSettled
    return current


def _settle(message: Message, status: MessageStatus, *, verb: str, by: AbstractBaseUser) -> None:
    before = message.status
    message.status, message.claimed_until, message.attempts = status, None, 0
    message.due_at = timezone.now()
    message.save(update_fields=["status", "claimed_until", "attempts", "due_at"])
    record_event(
        verb,
        subject_type="message",
        subject=message.reference,
        by=by,
        detail={"kind": message.kind, "about": message.subject, "was": before},
    )
