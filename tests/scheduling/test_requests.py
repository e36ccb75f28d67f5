"""How long the clinic remembers which form made which visit."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from clinic.scheduling.actions.requests import FORGET
from clinic.scheduling.models import Appointment, BookingRequest
from clinic.scheduling.tasks import forget_old_requests
from config.celery import PERIODIC
from tests.factories.scheduling import BookingRequestFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.lib.clock.now", lambda: NOW)


def ask(*, age: timedelta) -> BookingRequest:
    request = BookingRequestFactory()
    BookingRequest.objects.filter(pk=request.pk).update(created_at=NOW - age)
    return request


def test_a_request_is_forgotten_after_a_week() -> None:
    ask(age=timedelta(days=7))
    ask(age=timedelta(days=30))
    fresh = ask(age=timedelta(days=7) - timedelta(seconds=1))
    assert forget_old_requests() == 2
    assert BookingRequest.objects.get() == fresh
    assert forget_old_requests() == 0


def test_the_visit_of_a_forgotten_request_stays() -> None:
    visit = ask(age=timedelta(days=8)).appointment
    forget_old_requests()
    assert Appointment.objects.get() == visit


def test_old_requests_are_found_by_their_age_and_not_by_reading_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {FORGET}", {"before": NOW})
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "booking_request_by_age" in plan


def test_beat_asks_for_it_each_hour() -> None:
    assert PERIODIC[forget_old_requests.name] == 60 * 60
