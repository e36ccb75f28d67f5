"""A visit gets another time, person or length: all of it, or it stays where it was."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection

from clinic.audit.models import AuditEvent
from clinic.directory.models import Practitioner
from clinic.messaging.models import Message
from clinic.scheduling.actions import (
    BookingRefused,
    ChangeRefused,
    Contact,
    book_appointment,
    cancel_appointment,
    change_status,
    move_appointment,
)
from clinic.scheduling.enums import AppointmentStatus, BookingSource
from clinic.scheduling.models import Appointment, Reservation
from tests.factories.directory import (
    LocationFactory,
    PractitionerFactory,
    RoomFactory,
    ServiceFactory,
    WorkingHoursFactory,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _the_day_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.lib.clock.now", lambda: MONDAY - timedelta(days=1))


@pytest.fixture
def service() -> Any:
    return ServiceFactory(duration=30, step=30, notice=0, cancel_cutoff=60, room_kind="consultation")


@pytest.fixture
def location() -> Any:
    location = LocationFactory(time_zone="UTC")
    RoomFactory(location=location, room_kind="consultation")
    return location


@pytest.fixture
def doctor(service: Any, location: Any) -> Callable[[], Practitioner]:
    def make() -> Practitioner:
        somebody = PractitionerFactory(services=[service])
        WorkingHoursFactory(practitioner=somebody, location=location, weekday=1, starts=time(8), ends=time(12))
        return somebody

    return make


@pytest.fixture
def book(service: Any, location: Any) -> Callable[..., Appointment]:
    def at(practitioner: Practitioner, starts_at: datetime = MONDAY, **values: Any) -> Appointment:
        return book_appointment(
            service=service,
            practitioner=practitioner,
            location=location,
            starts_at=starts_at,
            contact=Contact(name="Rana", phone="+962791234567", email="rana@patients.example"),
            language="en",
            source=BookingSource.DESK,
            by=None,
            **values,
        )

    return at


def taken(visit: Appointment) -> set[tuple[str, datetime, datetime]]:
    rows = Reservation.objects.filter(appointment=visit).select_related("resource")
    return {(row.resource.kind, row.during.lower, row.during.upper) for row in rows}


def test_a_visit_that_moves_takes_its_room_along_and_the_patient_hears_of_it_once(doctor: Any, book: Any) -> None:
    visit = book(doctor())
    moved = move_appointment(appointment=visit, starts_at=LATER, by=None)
    assert (moved.starts_at, moved.ends_at, moved.revision) == (LATER, LATER + timedelta(minutes=30), 1)
    end = LATER + timedelta(minutes=30)
    assert taken(visit) == {("practitioner", LATER, end), ("room", LATER, end)}
    assert Message.objects.filter(kind="appointment_moved", revision=1).count() == 1
    event = AuditEvent.objects.get(verb="appointment.moved")
    assert (event.detail["from"], event.detail["starts_at"]) == (MONDAY.isoformat(), LATER.isoformat())


def test_a_visit_may_move_by_less_than_its_length(doctor: Any, book: Any) -> None:
    visit = book(doctor())
    start = MONDAY + timedelta(minutes=10)
    assert move_appointment(appointment=visit, starts_at=start, by=None, ignore_notice=True).starts_at == start


def test_who_asks_twice_for_the_same_move_moves_once(doctor: Any, book: Any) -> None:
    visit = book(doctor())
    move_appointment(appointment=visit, starts_at=LATER, by=None)
    assert move_appointment(appointment=visit, starts_at=LATER, by=None).revision == 1


def test_a_time_that_is_taken_leaves_the_visit_where_it_was(doctor: Any, book: Any) -> None:
    somebody = doctor()
    visit = book(somebody)
    book(somebody, LATER)
    before = taken(visit)
    with pytest.raises(BookingRefused, match="taken"):
        move_appointment(appointment=visit, starts_at=LATER, by=None)
    visit.refresh_from_db()
    assert (visit.starts_at, visit.revision, taken(visit)) == (MONDAY, 0, before)


def test_a_visit_moves_to_another_doctor_and_frees_the_first(doctor: Any, book: Any) -> None:
    first, second = doctor(), doctor()
    visit = move_appointment(appointment=book(first), starts_at=MONDAY, practitioner=second, by=None)
    assert visit.practitioner_id == second.pk
    RoomFactory(location=visit.location, room_kind="consultation")
    assert book(first).starts_at == MONDAY


def test_who_saw_an_older_visit_is_told_that_it_has_changed(doctor: Any, book: Any) -> None:
    visit = book(doctor())
    seen_at_another_desk = Appointment.objects.get(pk=visit.pk)
    move_appointment(appointment=visit, starts_at=LATER, by=None)
    with pytest.raises(ChangeRefused, match="changed"):
        move_appointment(appointment=seen_at_another_desk, starts_at=LATER + timedelta(hours=1), by=None)


def test_a_longer_visit_needs_the_longer_time_and_is_told_to_nobody(doctor: Any, book: Any) -> None:
    somebody = doctor()
    visit = book(somebody)
    Message.objects.all().delete()
    longer = timedelta(minutes=60)
    assert (
        move_appointment(appointment=visit, starts_at=MONDAY, length=longer, by=None, ignore_notice=True).ends_at
        == MONDAY + longer
    )
    assert not Message.objects.exists()
    book(somebody, LATER)
    with pytest.raises(BookingRefused, match="taken"):
        move_appointment(
            appointment=Appointment.objects.get(pk=visit.pk),
            starts_at=MONDAY,
            length=timedelta(minutes=90),
            by=None,
            ignore_notice=True,
        )


def test_nobody_moves_a_visit_past_its_cut_off_by_themselves(
    doctor: Any, book: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = book(doctor())
    monkeypatch.setattr("clinic.lib.clock.now", lambda: MONDAY - timedelta(minutes=30))
    with pytest.raises(ChangeRefused, match="cutoff"):
        move_appointment(appointment=visit, starts_at=LATER, by=None, enforce_cutoff=True)
    assert move_appointment(appointment=visit, starts_at=LATER, by=None).starts_at == LATER


def test_a_cancelled_visit_does_not_move(doctor: Any, book: Any) -> None:
    visit = cancel_appointment(appointment=book(doctor()), by=None)
    with pytest.raises(ChangeRefused, match="not_allowed"):
        move_appointment(appointment=visit, starts_at=LATER, by=None)


def test_an_extra_visit_needs_a_reason_and_takes_an_extra_seat(doctor: Any, book: Any, location: Any) -> None:
    somebody = doctor()
    RoomFactory(location=location, room_kind="consultation")
    book(somebody)
    with pytest.raises(BookingRefused, match="taken"):
        book(somebody)
    extra = book(somebody, overbooked="Fever since the night")
    assert extra.reservations.get(resource=somebody.pk).seat == 2
    assert extra.overbooked == "Fever since the night"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE scheduling_appointment SET starts_at = starts_at - interval '1 hour'",
        "UPDATE scheduling_appointment SET status = 'cancelled'",
        "UPDATE scheduling_reservation SET appointment_id = NULL, reason = 'leave'",
        "DELETE FROM scheduling_reservation",
    ],
)
def test_the_database_keeps_a_visit_and_its_reservations_together(doctor: Any, book: Any, statement: str) -> None:
    book(doctor())
    with connection.cursor() as cursor:
        cursor.execute(statement)
        with pytest.raises(IntegrityError, match="do not agree"):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        connection.needs_rollback = True


def test_the_queue_remembers_when_each_step_was_reached_and_numbers_who_arrives(
    doctor: Any, book: Any, location: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = doctor(), doctor()
    RoomFactory(location=location, room_kind="consultation")
    visits = [book(first), book(second)]
    now = MONDAY
    monkeypatch.setattr("clinic.lib.clock.now", lambda: now)
    arrived = [change_status(appointment=each, status=AppointmentStatus.ARRIVED, by=None) for each in visits]
    assert [each.token for each in arrived] == [1, 2]
    now += timedelta(minutes=5)
    called = change_status(appointment=arrived[0], status=AppointmentStatus.CALLED, by=None)
    now += timedelta(minutes=5)
    seen = change_status(appointment=called, status=AppointmentStatus.CONSULTING, by=None)
    assert (seen.arrived_at, seen.called_at, seen.began_at) == (
        MONDAY,
        MONDAY + timedelta(minutes=5),
        MONDAY + timedelta(minutes=10),
    )
    back = change_status(appointment=seen, status=AppointmentStatus.ARRIVED, by=None)
    assert (back.called_at, back.began_at, back.token) == (None, None, 1)
