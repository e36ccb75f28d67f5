"""The query of free times against a slow, obvious reference, on clinics that hypothesis invents."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from clinic.directory.models import Location, Practitioner
from clinic.scheduling.actions import Contact, book_appointment
from clinic.scheduling.availability import free_slots, nearest_free, next_free
from tests.scheduling.reference import Reference
from tests.scheduling.worlds import World, worlds

Times = set[tuple[int, int, datetime]]

pytestmark = pytest.mark.django_db
many = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(autouse=True)
def _one_cleanup_for_all(db: None) -> None:
    """Each example is undone by its own savepoint."""


def examples(test: Callable[[World, st.DataObject], None]) -> Callable[[], None]:
    """Run `test(world, data)` on each clinic in a transaction that is rolled back."""

    @many
    @given(data=st.data())
    def run(data: st.DataObject) -> None:
        with transaction.atomic():
            test(data.draw(worlds()), data)
            transaction.set_rollback(True)

    return run


def offered(world: World, *, days: int, ignore_notice: bool = False, first_day: date | None = None) -> Times:
    first_day = first_day or world.day - timedelta(days=1)
    slots = free_slots(
        service=world.service, first_day=first_day, days=days, now=world.now, ignore_notice=ignore_notice
    )
    found = [(slot.practitioner_id, slot.location_id, slot.starts_at) for slot in slots]
    assert len(found) == len(set(found))
    assert found == sorted(found, key=lambda slot: (slot[2], slot[0], slot[1]))
    return set(found)


def expected(world: World, *, days: int, ignore_notice: bool = False, first_day: date | None = None) -> Times:
    reference = Reference(service=world.service, now=world.now, ignore_notice=ignore_notice)
    return reference.free_slots(first_day=first_day or world.day - timedelta(days=1), days=days)


def check_the_same_times(world: World, data: st.DataObject) -> None:
    ignore_notice = data.draw(st.booleans())
    found = offered(world, days=4, ignore_notice=ignore_notice)
    event("some free" if found else "none free")
    assert found == expected(world, days=4, ignore_notice=ignore_notice)


def check_the_next_times(world: World, data: st.DataObject) -> None:
    everybody = list(Practitioner.objects.values_list("pk", flat=True))
    found = next_free(service=world.service, practitioners=everybody, now=world.now)
    first: dict[int, tuple[int, int, datetime]] = {}
    for slot in expected(world, first_day=world.now.date() - timedelta(days=1), days=7):
        first[slot[0]] = min(first.get(slot[0], slot), slot, key=lambda slot: (slot[2], slot[1]))
    assert {pk: (pk, slot.location_id, slot.starts_at) for pk, slot in found.items()} == first
    assert next_free(practitioners=everybody, now=world.now) == found


def check_the_nearest_times(world: World, data: st.DataObject) -> None:
    slots = sorted(offered(world, first_day=world.now.date() - timedelta(days=2), days=9))
    if not slots:
        return
    practitioner, location, around = data.draw(st.sampled_from(slots))
    found = nearest_free(
        service=world.service,
        practitioner_id=practitioner,
        location_id=location,
        around=around,
        count=len(slots),
        now=world.now,
    )
    assert {(slot.practitioner_id, slot.location_id, slot.starts_at) for slot in found} == set(slots)
    assert (found[0].practitioner_id, found[0].starts_at) == (practitioner, around)
    is_other = [slot.practitioner_id != practitioner for slot in found]
    assert is_other == sorted(is_other)


def check_each_offer_is_kept(world: World, data: st.DataObject) -> None:
    slots = sorted(offered(world, days=4))
    if not slots:
        return
    practitioner, location, starts_at = data.draw(st.sampled_from(slots))
    with patch("clinic.lib.clock.now", return_value=world.now):
        appointment = book_appointment(
            service=world.service,
            practitioner=Practitioner.objects.get(pk=practitioner),
            location=Location.objects.get(pk=location),
            starts_at=starts_at,
            contact=Contact(name="Layla"),
            language="en",
            source="site",
            by=None,
        )
    assert appointment.reservations.count() == 1 + bool(world.service.room_kind) + bool(world.service.device_kind)
    left = offered(world, days=4)
    assert left == expected(world, days=4)
    if Practitioner.objects.get(pk=practitioner).seats == 1:
        assert (practitioner, location, starts_at) not in left


test_the_query_finds_the_times_that_the_reference_finds = examples(check_the_same_times)
test_the_next_free_time_is_the_first_that_the_reference_finds = examples(check_the_next_times)
test_the_nearest_free_times_are_all_free_and_start_with_the_same_practitioner = examples(check_the_nearest_times)
test_every_time_that_is_offered_can_be_booked_and_is_gone_then = examples(check_each_offer_is_kept)
