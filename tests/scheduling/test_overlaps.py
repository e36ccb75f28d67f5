"""What takes some of a span of time is found, and the index of the promise is left to the promise (decision 46)."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from clinic.lib import clock
from clinic.scheduling.actions.leave import report_sick
from clinic.scheduling.actions.seats import EXTRA_SEATS
from clinic.scheduling.models import Reservation
from clinic.scheduling.overlaps import OVERLAPPING, overlaps
from tests.factories.directory import WorkingPractitionerFactory
from tests.factories.scheduling import START, AppointmentFactory, ReservationFactory

pytestmark = pytest.mark.django_db
PROMISE = "no_seat_is_reserved_twice"
HOUR = timedelta(hours=1)
LENGTHS = [HOUR / 4, HOUR, 4 * HOUR, 4 * HOUR + HOUR / 60, 30 * HOUR, 500 * HOUR]


def found_by_text(resource: int, begins: datetime, ends: datetime) -> set[int]:
    question = OVERLAPPING.format(resources="= %(resource)s", begins="%(begins)s", ends="%(ends)s")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM ({question}) b",  # noqa: S608 # our own text
            {"resource": resource, "begins": begins, "ends": ends},
        )
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize("length", LENGTHS, ids=str)
def test_short_and_long_reservations_are_found_where_they_touch_a_span(length: timedelta) -> None:
    resource = WorkingPractitionerFactory().pk
    moment = timedelta(microseconds=1)
    span = (START, START + 2 * HOUR)
    starts = {span[0] - length, span[0] - length + moment, span[0], span[1] - moment, span[1], span[1] + 9 * length}
    rows = [ReservationFactory.build(resource_id=resource, starts_at=at, ends_at=at + length) for at in starts]
    for seat, row in enumerate(rows, 1):
        row.seat = seat
    Reservation.objects.bulk_create(rows)
    wanted = set(Reservation.objects.filter(during__overlap=span).values_list("pk", flat=True))
    assert len(wanted) in {2, 3}
    assert set(Reservation.objects.filter(overlaps(*span), resource=resource).values_list("pk", flat=True)) == wanted
    assert found_by_text(resource, *span) == wanted
    assert found_by_text(resource + 1, *span) == set()


@pytest.mark.parametrize(
    "asked",
    [
        {"resource": 1, "seat": 1, "during__overlap": (START, START + HOUR)},
        {"resource": 1, "during__contains": START},
        {"seat": 1},
        {"during": (START, START + HOUR)},
    ],
    ids=" ".join,
)
def test_no_question_reads_the_index_that_forbids_double_bookings(asked: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert PROMISE not in Reservation.objects.filter(**asked).explain()


@pytest.mark.parametrize("seed", [2, 4, 13])
def test_a_sick_note_takes_the_day_however_many_were_given_up_before(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """What was given up leaves dead rows in an index that is young: of such PostgreSQL lost live ones."""
    with connection.cursor() as cursor:
        cursor.execute(f"REINDEX INDEX {PROMISE}")
    monkeypatch.setattr(clock, "now", lambda: START - HOUR)
    practitioner = WorkingPractitionerFactory()
    for number in range(7):
        AppointmentFactory(practitioner=practitioner, starts_at=START + number * HOUR)
    chance = random.Random(seed)  # noqa: S311 # the same each time
    for number in range(40):
        with transaction.atomic():
            for seat in chance.sample(range(2, 6), chance.randint(0, 3)):
                begins = START + (number % 12) * HOUR
                ReservationFactory(resource=practitioner.resource_ptr, seat=seat, starts_at=begins)
            absence = report_sick(practitioner=practitioner, zone="Asia/Amman", by=None)
            assert {row.seat for row in absence.reservations.all()} == set(range(1, 2 + EXTRA_SEATS))
            transaction.set_rollback(True)
