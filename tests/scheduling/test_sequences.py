"""Whatever visitors, reception and the clock do one after the other, time is taken exactly by whom it belongs to."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from itertools import combinations
from typing import TypeVar
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from clinic.directory.enums import DeviceKind, ResourceKind, RoomKind
from clinic.directory.models import Practitioner, Service
from clinic.scheduling.actions import (
    BookingRefused,
    ChangeRefused,
    Contact,
    book_appointment,
    cancel_appointment,
    change_status,
    hold_time,
    release_hold,
    sweep_expired,
)
from clinic.scheduling.actions.wishes import Wish
from clinic.scheduling.availability import Slot, free_slots
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment, Hold, Reservation
from tests.factories.directory import (
    DeviceFactory,
    LocationFactory,
    RoomFactory,
    ServiceFactory,
    WorkingPractitionerFactory,
)

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
OPENS = MORNING + timedelta(hours=1)
LAYLA = Contact(name="Layla Haddad", phone="+962791234567")
Taken = list[tuple[int, int, str, datetime, datetime, int | None, int | None]]
Choice = TypeVar("Choice", Hold, Appointment)


class Day:
    """Two doctors, one of whom sees two people at once, two rooms, one laser, and few hours for many wishes."""

    def __init__(self, data: st.DataObject) -> None:
        self.data, self.now = data, MORNING
        self.location = LocationFactory(time_zone="UTC")
        self.services = [
            ServiceFactory(duration=30, step=15),
            ServiceFactory(duration=20, step=15, buffer_before=5, buffer_after=10, room_kind=RoomKind.IMAGING),
            ServiceFactory(duration=45, step=15, room_kind=RoomKind.IMAGING, device_kind=DeviceKind.LASER),
        ]
        hours = {"hours__location": self.location, "hours__starts": time(9), "hours__ends": time(11)}
        self.doctors = [WorkingPractitionerFactory(services=self.services, seats=seats, **hours) for seats in (1, 2)]
        for _ in range(2):
            RoomFactory(location=self.location, room_kind=RoomKind.IMAGING)
        DeviceFactory(location=self.location, device_kind=DeviceKind.LASER)
        self.holds: list[Hold] = []

    def choose(self, choices: list[Choice]) -> Choice | None:
        return self.data.draw(st.sampled_from(choices)) if choices else None

    def wish(self) -> tuple[Service, Practitioner, datetime]:
        service = self.data.draw(st.sampled_from(self.services))
        doctor = self.data.draw(st.sampled_from(self.doctors))
        return service, doctor, OPENS + timedelta(minutes=15 * self.data.draw(st.integers(0, 7)))

    def is_offered(self, service: Service, doctor: Practitioner, starts_at: datetime) -> bool:
        slots = free_slots(service=service, practitioners=[doctor.pk], first_day=OPENS.date(), days=1)
        return Slot(doctor.pk, self.location.pk, starts_at) in slots

    def book(self) -> str:
        service, doctor, starts_at = self.wish()
        was_offered = self.is_offered(service, doctor, starts_at)
        outcome = self.outcome(service, doctor, starts_at)
        assert (outcome == "booked") == was_offered
        return outcome

    def book_held(self) -> str:
        """Within its ten minutes a hold always becomes the visit; after them, if the time is still free."""
        hold = self.choose(self.holds)
        if hold is None:
            return "nothing held"
        is_sure = hold.expires_at > self.now and Hold.objects.filter(pk=hold.pk).exists()
        is_sure = is_sure and hold.starts_at >= self.now
        outcome = self.outcome(hold.service, hold.practitioner, hold.starts_at, hold=hold)
        assert outcome == "booked" or not is_sure
        return outcome

    def outcome(self, service: Service, doctor: Practitioner, starts_at: datetime, *, hold: Hold | None = None) -> str:
        try:
            book_appointment(
                service=service,
                practitioner=doctor,
                location=self.location,
                starts_at=starts_at,
                contact=LAYLA,
                language="en",
                source="site",
                by=None,
                hold=hold,
            )
        except BookingRefused as refusal:
            return refusal.code
        return "booked"

    def hold(self) -> str:
        service, doctor, starts_at = self.wish()
        was_offered = self.is_offered(service, doctor, starts_at)
        holder = f"visitor {len(self.holds)}"
        try:
            hold = hold_time(
                service=service, practitioner=doctor, location=self.location, starts_at=starts_at, holder=holder
            )
        except BookingRefused as refusal:
            assert not was_offered
            return refusal.code
        assert was_offered
        self.holds.append(hold)
        return "held"

    def release(self) -> str:
        hold = self.choose(self.holds)
        if hold is not None:
            release_hold(hold=hold)
        return "released"

    def cancel(self) -> str:
        visit = self.choose(list(Appointment.objects.order_by("pk")))
        if visit is None:
            return "nothing booked"
        try:
            return str(cancel_appointment(appointment=visit, by=None).status)
        except ChangeRefused as refusal:
            return refusal.code

    def change(self) -> str:
        visit = self.choose(list(Appointment.objects.order_by("pk")))
        if visit is None:
            return "nothing booked"
        try:
            status = self.data.draw(st.sampled_from(AppointmentStatus.values))
            return str(change_status(appointment=visit, status=status, by=None).status)
        except ChangeRefused as refusal:
            return refusal.code

    def sweep(self) -> str:
        sweep_expired()
        assert not Hold.objects.filter(expires_at__lte=self.now).exists()
        return "swept"

    def wait(self) -> str:
        self.now += timedelta(minutes=self.data.draw(st.sampled_from([1, 5, 11, 40])))
        return "waited"


STEPS: list[Callable[[Day], str]] = [
    Day.book, Day.book, Day.book_held, Day.hold, Day.hold, Day.release, Day.cancel, Day.change, Day.sweep, Day.wait,
]  # fmt: skip


def taken() -> Taken:
    rows = Reservation.objects.order_by("pk").select_related("resource")
    return [
        (
            row.resource_id,
            row.seat,
            row.resource.kind,
            row.during.lower,
            row.during.upper,
            row.appointment_id,
            row.hold_id,
        )
        for row in rows
    ]


def check_that_nothing_overlaps(rows: Taken) -> None:
    """Each pair of reservations, without trusting the constraint."""
    for one, other in combinations(rows, 2):
        assert one[:2] != other[:2] or one[4] <= other[3] or other[4] <= one[3]


def check_that_each_owner_has_exactly_its_time(rows: Taken) -> None:
    live = Appointment.objects.exclude(status=AppointmentStatus.CANCELLED)
    owners: list[tuple[int | None, int | None, Appointment | Hold]] = [
        *((visit.pk, None, visit) for visit in live.select_related("service", "practitioner", "location")),
        *((None, hold.pk, hold) for hold in Hold.objects.select_related("service", "practitioner", "location")),
    ]
    for appointment, hold, owner in owners:
        wish = Wish(owner.service, owner.practitioner, owner.location, owner.starts_at)
        own = [row for row in rows if row[5:] == (appointment, hold)]
        needs = [ResourceKind.PRACTITIONER]
        needs += [ResourceKind.ROOM] if owner.service.room_kind else []
        needs += [ResourceKind.DEVICE] if owner.service.device_kind else []
        assert Counter(row[2] for row in own) == Counter(needs)
        assert {row[3:5] for row in own} == {(wish.during.lower, wish.during.upper)}
        assert owner.practitioner_id in {row[0] for row in own}
    # Nothing is left over: not of cancelled visits, not of holds that were released or have become visits.
    assert {row[5:] for row in rows} == {owner[:2] for owner in owners}


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40
)
@given(data=st.data())
def test_after_any_sequence_each_visit_has_its_time_and_nobody_else_has(data: st.DataObject) -> None:
    steps = data.draw(st.lists(st.sampled_from(STEPS), min_size=8, max_size=30))
    with transaction.atomic():
        day = Day(data)
        with patch("clinic.lib.clock.now", lambda: day.now):
            for step in steps:
                before = taken()
                outcome = step(day)
                event(f"{step.__name__}: {outcome}")
                after = taken()
                check_that_nothing_overlaps(after)
                check_that_each_owner_has_exactly_its_time(after)
                if outcome in {"taken", "no_room", "no_device", "changed", "not_allowed", "notice"}:
                    assert after == before
        transaction.set_rollback(True)
