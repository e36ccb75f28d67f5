"""The SQL of one booking, listened to and played again for other visits without our Python."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
from django.db import connection
from psycopg.types.range import Range

from clinic.lib.references import new_reference
from clinic.messaging.models import Message
from clinic.scheduling.actions import BookingRefused
from clinic.scheduling.availability import Slot
from clinic.scheduling.models import Appointment
from tests.concurrency.server import database_url

Statement = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """A booking that was listened to: its statements without the transaction around them, and what is unique in it."""

    appointment: Appointment
    statements: list[Statement]
    names: list[str]


def listen(book: Callable[[], Appointment]) -> Sample:
    """Book once, and note what is sent."""
    heard: list[Statement] = []

    def hear(execute: Any, query: str, parameters: Any, many: bool, context: Any) -> Any:
        heard.append((query, parameters))
        return execute(query, parameters, many, context)

    with connection.execute_wrapper(hear):
        visit = book()
    message = Message.objects.get(subject=visit.reference)
    request = visit.requests.get()
    return Sample(visit, heard, [visit.reference, visit.patient.reference, message.reference, request.key])


@contextmanager
def raw_desk(sample: Sample) -> Iterator[Callable[[Slot], None]]:
    """A connection of psycopg for one thread; what it gives raises `BookingRefused` when the time is taken."""
    with psycopg.connect(
        database_url(), autocommit=True, cursor_factory=psycopg.ClientCursor, options="-c timezone=UTC"
    ) as raw:

        def book(slot: Slot) -> None:
            shift = slot.starts_at - sample.appointment.starts_at
            replay(raw, sample, practitioner=slot.practitioner_id, shift=shift)

        yield book


def replay(raw: psycopg.Connection, sample: Sample, *, practitioner: int, shift: timedelta) -> None:
    """Send the statements for another practitioner, `shift` later, with the ids and references that arise."""
    visit = sample.appointment
    known: dict[Any, Any] = {name: new_reference() for name in sample.names} | {visit.practitioner_id: practitioner}
    with raw.transaction(), raw.cursor() as cursor:
        for query, parameters in sample.statements:
            cursor.execute(query, translate(parameters, known, shift))
            if query.startswith('INSERT INTO "patients_patient"'):
                known[visit.patient_id] = first(cursor)
            elif query.startswith('INSERT INTO "scheduling_appointment"'):
                known[visit.pk] = first(cursor)
            elif query.lstrip().startswith("INSERT INTO scheduling_reservation") and not cursor.fetchall():
                raise BookingRefused("taken")


def first(cursor: psycopg.Cursor) -> Any:
    row = cursor.fetchone()
    return row[0] if row else None


def translate(value: Any, known: dict[Any, Any], shift: timedelta) -> Any:
    """`value` of the sample as it is in this booking."""
    if isinstance(value, dict):
        return {name: translate(each, known, shift) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(translate(each, known, shift) for each in value)
    if isinstance(value, Range) and value.lower and value.upper:
        return type(value)(value.lower + shift, value.upper + shift)
    if isinstance(value, datetime):
        return value + shift
    return known.get(value, value) if isinstance(value, str | int) else value
