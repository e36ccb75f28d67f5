"""Free times, told in examples. `test_against_reference.py` looks for what these forgot."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from clinic.scheduling.availability import free_slots, nearest_free, next_free
from tests.factories.directory import ServiceFactory, WorkingPractitionerFactory

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


def test_a_working_day_is_cut_on_the_grid_of_its_service() -> None:
    service = ServiceFactory(duration=60, step=60)
    doctor = WorkingPractitionerFactory(services=[service], hours__starts=time(9), hours__ends=time(12))
    slots = free_slots(service=service, first_day=MONDAY, days=1, now=NOW)
    assert [slot.starts_at for slot in slots] == [datetime(2026, 11, 23, hour, tzinfo=UTC) for hour in (6, 7, 8)]
    assert {slot.practitioner_id for slot in slots} == {doctor.pk}


def test_the_next_free_time_of_each_practitioner(django_assert_num_queries: Any) -> None:
    service = ServiceFactory(notice=24 * 60)
    doctors = [WorkingPractitionerFactory(services=[service]) for _ in range(3)]
    with django_assert_num_queries(1):
        found = next_free(service=service, practitioners=[doctor.pk for doctor in doctors], now=NOW)
    assert {slot.starts_at for slot in found.values()} == {datetime(2026, 11, 22, 8, tzinfo=UTC)}
    assert set(found) == {doctor.pk for doctor in doctors}


def test_the_nearest_free_times_begin_with_the_same_practitioner() -> None:
    service = ServiceFactory()
    doctor, other = [WorkingPractitionerFactory(services=[service]) for _ in range(2)]
    around = datetime(2026, 11, 23, 8, tzinfo=UTC)
    place = doctor.working_hours.first().location_id
    found = nearest_free(service=service, practitioner_id=other.pk, location_id=place, around=around, count=3, now=NOW)
    assert {slot.practitioner_id for slot in found} == {other.pk}
    assert found[0].starts_at == around
