"""Half a minute to take back what was done at a desk, and nobody is told of it before that."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from clinic.accounts.models import User
from clinic.audit.models import AuditEvent
from clinic.directory.models import Practitioner
from clinic.messaging.delivery import claim_next, deliver
from clinic.messaging.models import Message
from clinic.scheduling.actions import (
    BookingRefused,
    ChangeRefused,
    Contact,
    as_one_deed,
    book_appointment,
    cancel_appointment,
    change_status,
    forget_deeds,
    move_appointment,
    undo_last,
)
from clinic.scheduling.enums import AppointmentStatus, BookingSource
from clinic.scheduling.models import Appointment, Deed, Reservation
from tests.factories.accounts import UserFactory
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


class Clock:
    def __init__(self) -> None:
        self.now = MONDAY - timedelta(minutes=30)

    def passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("clinic.lib.clock.now", lambda: clock.now)
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def rania() -> User:
    return UserFactory(first_name="Rania")


@pytest.fixture
def salma() -> Practitioner:
    service = ServiceFactory(duration=30, step=30, room_kind="consultation")
    location = LocationFactory(time_zone="UTC")
    RoomFactory(location=location, room_kind="consultation")
    RoomFactory(location=location, room_kind="consultation")
    doctor = PractitionerFactory(services=[service])
    WorkingHoursFactory(practitioner=doctor, location=location, weekday=1, starts=time(8), ends=time(12))
    return doctor


@pytest.fixture
def book(salma: Practitioner) -> Callable[..., Appointment]:
    def at(starts_at: datetime = MONDAY, *, by: User | None = None, **values: Any) -> Appointment:
        return book_appointment(
            service=salma.services.get(),
            practitioner=salma,
            location=salma.working_hours.get().location,
            starts_at=starts_at,
            contact=Contact(name="Layla", phone="+962791234567", email="layla@patients.example"),
            language="en",
            source=BookingSource.DESK,
            by=by,
            ignore_notice=True,
            **values,
        )

    return at


def state(visit: Appointment) -> tuple[Any, ...]:
    visit.refresh_from_db()
    held = Reservation.objects.filter(appointment=visit).values_list("resource", "seat", "during")
    return (visit.status, visit.starts_at, visit.arrived_at, visit.cancel_reason, sorted(held))


def sent() -> list[str]:
    """What leaves now, by the rule of each message."""
    left = []
    while message := claim_next():
        deliver(message)
        message.refresh_from_db()
        if message.status == "sent":
            left.append(message.rule)
    return left


def test_a_booking_is_taken_back_and_the_patient_never_hears_of_it(
    book: Callable[..., Appointment], rania: User, watch: Clock
) -> None:
    visit = book(by=rania)
    assert sent() == []
    watch.passes(29)
    assert undo_last(by=rania) == [visit]
    assert state(visit)[0] == AppointmentStatus.CANCELLED
    assert not Reservation.objects.exists()
    watch.passes(60)
    assert sent() == []
    assert book().starts_at == MONDAY


def test_what_is_not_taken_back_is_told_after_half_a_minute(
    book: Callable[..., Appointment], rania: User, watch: Clock
) -> None:
    visit = book()
    assert sent() == ["booked"]
    move_appointment(appointment=visit, starts_at=LATER, by=rania)
    watch.passes(29)
    assert sent() == []
    watch.passes(2)
    assert sent() == ["moved"]
    with pytest.raises(ChangeRefused, match="undo_late"):
        undo_last(by=rania)


@pytest.mark.parametrize(
    "deed",
    [
        lambda visit, by: move_appointment(appointment=visit, starts_at=LATER, by=by),
        lambda visit, by: cancel_appointment(appointment=visit, by=by, reason="Called"),
        lambda visit, by: change_status(appointment=visit, status="arrived", by=by),
    ],
    ids=["move", "cancellation", "arrival"],
)
def test_a_visit_is_what_it_was_and_nobody_is_told(
    book: Callable[..., Appointment], rania: User, watch: Clock, deed: Callable[..., Any]
) -> None:
    visit = book()
    sent()
    before = state(visit)
    deed(visit, rania)
    assert state(visit) != before
    undo_last(by=rania)
    assert state(visit) == before
    assert visit.revision == 2
    watch.passes(60)
    assert sent() == []
    event = AuditEvent.objects.get(verb="appointment.undone")
    assert (event.actor_id, event.detail["revision"]) == (rania.pk, 2)


def test_a_confirmation_that_still_waited_is_sent_after_all(
    book: Callable[..., Appointment], rania: User, watch: Clock
) -> None:
    visit = book(by=rania)
    watch.passes(10)
    change_status(appointment=visit, status="arrived", by=rania)
    undo_last(by=rania)
    watch.passes(60)
    assert sent() == ["booked"]


def test_a_time_that_somebody_took_meanwhile_stays_theirs(book: Callable[..., Appointment], rania: User) -> None:
    visit = book()
    cancel_appointment(appointment=visit, by=rania)
    theirs = book()
    with pytest.raises(BookingRefused, match="taken"):
        undo_last(by=rania)
    assert state(visit)[0] == AppointmentStatus.CANCELLED
    assert state(theirs)[0] == AppointmentStatus.BOOKED
    assert Deed.objects.filter(appointment=visit).exists()


def test_a_visit_that_somebody_touched_meanwhile_is_left_to_them(book: Callable[..., Appointment], rania: User) -> None:
    visit = book()
    moved = move_appointment(appointment=visit, starts_at=LATER, by=rania)
    change_status(appointment=moved, status="arrived", by=None)
    before = state(visit)
    with pytest.raises(ChangeRefused, match="changed"):
        undo_last(by=rania)
    assert state(visit) == before


def test_only_the_last_action_is_taken_back_once_and_by_its_author(
    book: Callable[..., Appointment], rania: User
) -> None:
    first, second = book(), book(LATER)
    change_status(appointment=first, status="arrived", by=rania)
    change_status(appointment=second, status="arrived", by=rania)
    with pytest.raises(ChangeRefused, match="undo_late"):
        undo_last(by=UserFactory())
    assert undo_last(by=rania) == [second]
    with pytest.raises(ChangeRefused, match="undo_late"):
        undo_last(by=rania)
    assert (state(first)[0], state(second)[0]) == ("arrived", "booked")


def test_two_visits_that_changed_places_go_back_in_one_go(
    book: Callable[..., Appointment], rania: User, salma: Practitioner
) -> None:
    one, two = book(), book(LATER)
    before = state(one), state(two)
    with as_one_deed():
        away = move_appointment(appointment=one, starts_at=LATER + timedelta(hours=1), by=rania)
        move_appointment(appointment=two, starts_at=MONDAY, by=rania)
        move_appointment(appointment=away, starts_at=LATER, by=rania)
    assert state(one)[1] == LATER
    undo_last(by=rania)
    assert (state(one), state(two)) == before


def test_what_a_visitor_does_is_told_at_once_and_not_remembered(book: Callable[..., Appointment]) -> None:
    cancel_appointment(appointment=book(), by=None)
    assert sent() == ["cancelled"]
    assert not Deed.objects.exists()


def test_what_can_be_undone_no_more_is_forgotten(book: Callable[..., Appointment], rania: User, watch: Clock) -> None:
    book(by=rania)
    assert forget_deeds() == 0
    watch.passes(31)
    assert forget_deeds() == 1


def test_nothing_is_taken_back_when_the_event_cannot_be_written(
    book: Callable[..., Appointment], rania: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = book()
    cancel_appointment(appointment=visit, by=rania)

    def fail(*args: object, **values: object) -> None:
        raise RuntimeError("no room for events")

    monkeypatch.setattr("clinic.scheduling.actions.undo.record_event", fail)
    with pytest.raises(RuntimeError):
        undo_last(by=rania)
    assert state(visit)[0] == AppointmentStatus.CANCELLED
    assert Message.objects.filter(rule="cancelled").exists()
