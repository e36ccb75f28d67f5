"""Idempotency: a request that comes twice is answered twice with one appointment."""

import hashlib
import json
from datetime import timedelta

from django.db import connection

from clinic.lib import clock
from clinic.scheduling.actions.refusals import RequestMismatch
from clinic.scheduling.models import Appointment, BookingRequest

FIRST = """
    INSERT INTO scheduling_bookingrequest (sender, key, digest, created_at) VALUES (%s, %s, %s, now())
    ON CONFLICT ON CONSTRAINT booking_request_once_for_each_key DO NOTHING
    RETURNING id
"""

# No browser or client sends the same form again after so long.
MEMORY = timedelta(days=7)

# Whoever else is forgetting one of them is welcome to it.
FORGET = """
    DELETE FROM scheduling_bookingrequest WHERE id IN (
        SELECT id FROM scheduling_bookingrequest WHERE created_at <= %(before)s
        ORDER BY created_at LIMIT 10000 FOR UPDATE SKIP LOCKED
    )
"""


def digest_of(*parts: object) -> str:
    """What was asked, in 64 characters: the same for the same request."""
    return hashlib.sha256(json.dumps([str(part) for part in parts]).encode()).hexdigest()


def answered_before(*, sender: str, key: str, digest: str) -> Appointment | None:
    """The appointment of an earlier request with this key; None when this one is the first, which is then noted.

    A twin that runs at this moment is waited for. Call it first in the transaction: when the booking is refused,
    the note goes with it. Raises `RequestMismatch` when the key stands for another request.
    """
    with connection.cursor() as cursor:
        cursor.execute(FIRST, [sender, key, digest])
        if cursor.fetchone():
            return None
    request = BookingRequest.objects.select_related("appointment").get(sender=sender, key=key)
    if request.digest != digest or request.appointment is None:
        raise RequestMismatch
    return request.appointment


def note_answer(*, sender: str, key: str, appointment: Appointment) -> None:
    BookingRequest.objects.filter(sender=sender, key=key).update(appointment=appointment)


def forget_requests() -> int:
    """Delete requests older than `MEMORY`, ten thousand at most; how many. Their appointments stay."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, {"before": clock.now() - MEMORY})
        return cursor.rowcount
