"""Whatever is read while times are taken, none of them can be taken twice afterwards (decision 46)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from clinic.scheduling.models import Reservation
from tests.concurrency.conftest import CONSTRAINT, Clinic, overlaps
from tests.factories.scheduling import ReservationFactory

# What of some days is taken, of one doctor after the other: looked up when the row of that doctor is fetched.
QUESTION = """
    SELECT d.id, (
        SELECT range_agg(b.during) FROM scheduling_reservation b
        WHERE b.resource_id = d.id AND b.seat = 1 AND b.during && tstzrange(%s, %s)
    )
    FROM unnest(%s::bigint[]) d (id)
"""


@contextmanager
def another_session() -> Iterator[Any]:
    """A connection that prefers an index wherever one fits, as it would where there are many rows."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
            yield cursor
            cursor.execute("ROLLBACK")
    finally:
        other.close()


def test_a_long_question_makes_the_constraint_forget_no_time(clinic: Clinic) -> None:
    doctors = [clinic.new_doctor() for _ in range(4)]
    with connection.cursor() as cursor:
        cursor.execute(f"REINDEX INDEX {CONSTRAINT.name}")  # as young as that of a new clinic

    def take(number: int, *, seat: int) -> Reservation:
        resource = doctors[number % 4].resource_ptr
        return ReservationFactory(resource=resource, seat=seat, starts_at=clinic.at(60 * number))

    taken = [take(number, seat=1) for number in range(40)]
    with transaction.atomic():  # forty bookings that came to nothing leave dead rows
        for number in range(40, 80):
            take(number, seat=1)
        transaction.set_rollback(True)
    asked = [clinic.at(0), clinic.at(60 * 200), [doctor.pk for doctor in doctors]]
    with another_session() as cursor:
        cursor.execute("DECLARE answers CURSOR FOR" + QUESTION, asked)
        cursor.execute("FETCH 2 FROM answers")
        for number in range(60):
            take(number, seat=2)
        cursor.execute("FETCH ALL FROM answers")
    for row in taken:
        with pytest.raises(IntegrityError, match=CONSTRAINT.name), transaction.atomic():
            ReservationFactory(resource=row.resource, seat=1, starts_at=row.during.lower + timedelta(minutes=5))
    assert overlaps() == 0
