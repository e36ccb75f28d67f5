"""Why a day has no free time. What is free itself stands in `test_availability.py`."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from clinic.directory.enums import RoomKind
from clinic.directory.models import Practitioner, Service
from clinic.scheduling.availability import Reason, Why, free_slots, reasons
from clinic.scheduling.enums import ReservationReason
from tests.factories.directory import ClosureFactory, RoomFactory, ServiceFactory, WorkingPractitionerFactory
from tests.factories.scheduling import AppointmentFactory, ReservationFactory

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    """On the wall clock of Amman."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=3)


@pytest.fixture
def service() -> Service:
    return ServiceFactory(duration=30, step=30, horizon_days=30)


@pytest.fixture
def doctor(service: Service) -> Practitioner:
    """Works every day from nine to noon."""
    return WorkingPractitionerFactory(services=[service], hours__starts=time(9), hours__ends=time(12))


def why(service: Service, *doctors: Practitioner, day: date = MONDAY, now: datetime = NOW) -> Reason:
    known = [each.pk for each in doctors]
    assert not free_slots(service=service, first_day=day, days=1, practitioners=known, now=now)
    return reasons(service=service, days=[day], practitioners=known, now=now)[day]


def take(doctor: Practitioner, begins: datetime, ends: datetime) -> None:
    AppointmentFactory(practitioner=doctor, starts_at=begins, ends_at=ends)


def test_on_a_day_without_hours_nobody_works(service: Service, doctor: Practitioner) -> None:
    doctor.working_hours.filter(weekday=1).delete()

    assert why(service, doctor) == Reason(Why.AWAY)


def test_leave_reads_like_a_day_without_hours(service: Service, doctor: Practitioner) -> None:
    ReservationFactory(resource=doctor, starts_at=at(0), ends_at=at(0, day=25), note="Operation")

    assert why(service, doctor) == Reason(Why.AWAY)


def test_a_closed_day_says_the_name_that_visitors_may_read(service: Service, doctor: Practitioner) -> None:
    ClosureFactory(first_day=MONDAY, last_day=MONDAY, name_en="Spring feast")

    assert why(service, doctor) == Reason(Why.CLOSED, "Spring feast")


def test_a_day_whose_every_time_is_taken_is_full(service: Service, doctor: Practitioner) -> None:
    take(doctor, at(9), at(12))

    assert why(service, doctor) == Reason(Why.FULL)


def test_a_morning_of_leave_and_a_full_afternoon_are_a_full_day(service: Service, doctor: Practitioner) -> None:
    ReservationFactory(resource=doctor, starts_at=at(9), ends_at=at(10))
    take(doctor, at(10), at(12))

    assert why(service, doctor) == Reason(Why.FULL)


def test_gaps_that_are_left_can_be_too_short(service: Service, doctor: Practitioner) -> None:
    take(doctor, at(9, 20), at(12))

    assert why(service, doctor) == Reason(Why.SHORT)


def test_buffers_make_a_gap_too_short(doctor: Practitioner) -> None:
    longer = ServiceFactory(duration=30, step=30, buffer_after=15)
    doctor.services.add(longer)
    doctor.save()
    take(doctor, at(9), at(10))
    take(doctor, at(10, 30), at(12))

    assert why(longer, doctor) == Reason(Why.SHORT)


def test_without_a_free_room_the_day_is_full_however_free_the_doctor_is(doctor: Practitioner) -> None:
    imaging = ServiceFactory(duration=30, step=30, room_kind=RoomKind.IMAGING)
    doctor.services.add(imaging)
    doctor.save()
    room = RoomFactory(location=doctor.working_hours.all()[0].location, room_kind=RoomKind.IMAGING)
    ReservationFactory(resource=room, starts_at=at(0), ends_at=at(23), reason=ReservationReason.MAINTENANCE)

    assert why(imaging, doctor) == Reason(Why.FULL)


def test_within_the_notice_it_is_too_late(service: Service, doctor: Practitioner) -> None:
    service.notice = 120
    service.save()

    assert why(service, doctor, now=at(9, 45)) == Reason(Why.LATE)


def test_after_the_horizon_a_day_cannot_be_booked_yet(service: Service, doctor: Practitioner) -> None:
    assert why(service, doctor, day=date(2026, 12, 28)) == Reason(Why.BEYOND)


def test_of_several_doctors_the_one_nearest_to_a_free_time_decides(service: Service, doctor: Practitioner) -> None:
    away = WorkingPractitionerFactory(services=[service], hours__starts=time(9), hours__ends=time(12))
    away.working_hours.filter(weekday=1).delete()
    take(doctor, at(9), at(12))

    assert why(service, doctor, away) == Reason(Why.FULL)


@pytest.mark.parametrize("number", [1, 3])
def test_a_month_of_reasons_is_one_query(service: Service, number: int, django_assert_num_queries: Any) -> None:
    doctors = [WorkingPractitionerFactory(services=[service]) for _number in range(number)]
    days = [MONDAY + timedelta(days=n) for n in range(31)]

    with django_assert_num_queries(1):
        found = reasons(service=service, days=days, practitioners=[each.pk for each in doctors], now=NOW)
    assert list(found) == days
    with django_assert_num_queries(0):
        assert reasons(service=service, days=[], practitioners=[], now=NOW) == {}
