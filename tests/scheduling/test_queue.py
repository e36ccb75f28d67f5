"""The day's queue: whose turn it is, calling, delays, and what the waiting room shows."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from clinic.audit.models import AuditEvent
from clinic.audit.words import tell
from clinic.directory.models import Location, Practitioner
from clinic.lib import clock
from clinic.scheduling.actions import (
    ChangeRefused,
    call_again,
    call_next,
    change_status,
    close_screen,
    open_screen,
    tell_lateness,
    undo_last,
)
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment, Lateness, WaitingScreen
from clinic.scheduling.waiting import line_of, place_in_line, screen_of, waiting_room
from tests.factories.accounts import UserFactory
from tests.factories.directory import LocationFactory, PractitionerFactory, RoomFactory
from tests.factories.scheduling import AppointmentFactory, LatenessFactory, ReservationFactory

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 11, 23, 6, tzinfo=UTC)  # in Amman


class Day:
    """One doctor's morning; `at` sets the clock to so many minutes after nine."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        self.location: Location = LocationFactory()
        self.doctor: Practitioner = PractitionerFactory()
        self.at(0)

    def at(self, minutes: int) -> None:
        self.now = NINE + timedelta(minutes=minutes)
        self.monkeypatch.setattr(clock, "now", lambda: self.now)

    def visit(self, minutes: int, *, arrives: int | None = None, **fields: Any) -> Appointment:
        """A visit so many minutes after nine, of somebody who `arrives` then."""
        values = {"practitioner": self.doctor, "location": self.location, **fields}
        visit: Appointment = AppointmentFactory(starts_at=NINE + timedelta(minutes=minutes), **values)
        if arrives is not None:
            self.at(arrives)
            visit = change_status(appointment=visit, status="arrived", by=None)
        return visit

    @property
    def line(self) -> list[str]:
        return [visit.reference for visit in line_of(self.doctor, location=self.location, day=NINE.date())]

    def call(self, seen: Appointment, **values: Any) -> Appointment:
        return call_next(practitioner=self.doctor, location=self.location, seen=seen.reference, by=None, **values)


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Day:
    return Day(monkeypatch)


def rooms_of(visit: Appointment) -> list[str]:
    return [taken.resource.name for taken in getattr(visit, "rooms")]  # noqa: B009 - mypy does not know of it


def states() -> list[str]:
    return list(Appointment.objects.order_by("starts_at").values_list("status", flat=True))


def test_whoever_comes_early_overtakes_nobody_and_whoever_comes_late_waits_behind(day: Day) -> None:
    late = day.visit(0, arrives=40)
    punctual = day.visit(30, arrives=25)
    early = day.visit(60, arrives=10)
    assert day.line == [punctual.reference, late.reference, early.reference]


def test_the_next_one_is_called_and_leaves_the_line(day: Day) -> None:
    first, second = day.visit(0, arrives=0), day.visit(30, arrives=1)
    called = day.call(first)
    assert (called.status, called.called_at) == (AppointmentStatus.CALLED, day.now)
    assert day.line == [second.reference]


def test_pressing_twice_calls_one_patient(day: Day) -> None:
    first, _second = day.visit(0, arrives=0), day.visit(30, arrives=1)
    assert day.call(first).pk == day.call(first).pk
    assert states() == ["called", "arrived"]
    # Without what the person saw, the same two presses call two: this is what `seen` is for.
    day.call(Appointment.objects.get(reference=day.line[0]))
    assert states() == ["called", "called"]


def test_a_queue_that_has_changed_meanwhile_calls_nobody(day: Day) -> None:
    second = day.visit(30, arrives=1)
    day.visit(0, arrives=2)
    with pytest.raises(ChangeRefused) as caught:
        day.call(second)
    assert caught.value.code == "overtaken"
    assert states() == ["arrived", "arrived"]


def test_nobody_is_called_from_an_empty_waiting_room(day: Day) -> None:
    gone = change_status(appointment=day.visit(0, arrives=0), status="gone", by=None)
    with pytest.raises(ChangeRefused) as caught:
        day.call(gone)
    assert caught.value.code == "nobody"


def test_the_visit_before_is_completed_with_the_call_or_not_at_all(day: Day) -> None:
    first, second = day.visit(0, arrives=0), day.visit(30, arrives=1)
    seen = change_status(appointment=day.call(first), status="consulting", by=None)
    old = Appointment.objects.get(pk=seen.pk)
    old.revision -= 1
    with pytest.raises(ChangeRefused):
        day.call(second, finish=old)
    assert states() == ["consulting", "arrived"]
    day.call(second, finish=seen)
    assert states() == ["fulfilled", "called"]


def test_what_one_press_completed_and_called_is_taken_back_by_one_press(day: Day) -> None:
    rania = UserFactory()
    seen, waiting = day.visit(0, arrives=0, status="booked"), day.visit(30, arrives=1)
    day.call(seen)
    seen.refresh_from_db()
    called = call_next(practitioner=day.doctor, location=day.location, seen=waiting.reference, by=rania, finish=seen)
    assert {visit.pk for visit in undo_last(by=rania)} == {seen.pk, called.pk}
    seen.refresh_from_db()
    waiting.refresh_from_db()
    assert (seen.status, waiting.status) == ("called", "arrived")


def test_a_number_that_is_called_again_stands_first(day: Day) -> None:
    first, second = day.visit(0, arrives=0), day.visit(30, arrives=1)
    day.at(5)
    first = day.call(first)
    day.at(6)
    day.call(second)
    day.at(7)
    again = call_again(appointment=first, by=None)
    assert (again.called_at, again.revision) == (day.now, first.revision + 1)
    room = waiting_room(day.location, now=day.now)
    assert [visit.token for visit in room.called] == [1, 2]
    assert tell(AuditEvent.objects.latest("pk")) == "Called again"


@pytest.mark.parametrize(("status", "code"), [("arrived", "changed"), ("consulting", "changed")])
def test_only_who_is_called_is_called_again(day: Day, status: str, code: str) -> None:
    called = day.call(day.visit(0, arrives=0))
    change_status(appointment=called, status=status, by=None)
    with pytest.raises(ChangeRefused) as caught:
        call_again(appointment=called, by=None)
    assert caught.value.code == code


def test_a_delay_is_told_changed_and_taken_back_with_its_events(day: Day) -> None:
    place = {"practitioner": day.doctor, "location": day.location, "by": None}
    tell_lateness(**place, minutes=25)
    tell_lateness(**place, minutes=40)
    assert list(Lateness.objects.values_list("day", "minutes")) == [(NINE.date(), 40)]
    assert tell_lateness(**place, minutes=0) is None
    assert tell_lateness(**place, minutes=0) is None
    assert not Lateness.objects.exists()
    said = [tell(event) for event in AuditEvent.objects.order_by("pk")]
    assert said == ["Told to be 25 minutes late", "Told to be 40 minutes late", "Told to be on time again"]


@pytest.mark.parametrize("minutes", [0, 481])
def test_the_database_refuses_a_delay_that_nobody_means(minutes: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LatenessFactory(minutes=minutes)


def test_a_delay_is_not_told_when_its_event_cannot_be_written(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **values: Any) -> None:
        raise RuntimeError("the audit trail is full")

    monkeypatch.setattr("clinic.scheduling.actions.queue.record_event", fail)
    with pytest.raises(RuntimeError):
        tell_lateness(practitioner=day.doctor, location=day.location, minutes=25, by=None)
    with pytest.raises(RuntimeError):
        open_screen(location=day.location, by=None)
    assert not Lateness.objects.exists()
    assert not WaitingScreen.objects.exists()


def test_the_waiting_room_shows_numbers_and_rooms_of_today_only(
    day: Day, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    room = RoomFactory(location=day.location, name_en="Room 3")
    called = day.visit(0, arrives=0)
    ReservationFactory(resource=room, reason="appointment", appointment=called, starts_at=called.starts_at)
    day.visit(30, arrives=1)
    day.visit(60)
    day.visit(90, arrives=2, location=LocationFactory())
    LatenessFactory(practitioner=day.doctor, location=day.location, day=NINE.date())
    LatenessFactory(practitioner=day.doctor, location=day.location, day=NINE.date() - timedelta(days=1))
    day.call(called)
    with django_assert_num_queries(3):
        shown = waiting_room(day.location, now=day.now)
    assert [(visit.token, rooms_of(visit)) for visit in shown.called] == [(1, ["Room 3"])]
    assert shown.waiting == [2]
    assert [told.minutes for told in shown.late] == [25]
    assert shown.now.hour == 9


def test_a_new_address_ends_the_old_one(day: Day) -> None:
    old = open_screen(location=day.location, by=None).key
    new = open_screen(location=day.location, by=None).key
    assert screen_of(old) is None
    assert screen_of(new)
    close_screen(location=day.location, by=None)
    close_screen(location=day.location, by=None)
    assert screen_of(new) is None
    assert [event.verb for event in AuditEvent.objects.order_by("pk")] == [
        "waitingscreen.opened",
        "waitingscreen.opened",
        "waitingscreen.closed",
    ]


def test_a_patient_is_told_their_place_until_they_are_seen(day: Day) -> None:
    first, second = day.visit(0, arrives=0), day.visit(30, arrives=1)
    tell_lateness(practitioner=day.doctor, location=day.location, minutes=25, by=None)
    place = place_in_line(second, now=day.now)
    assert place
    assert (place.token, place.ahead, place.late, place.is_called) == (2, 1, 25, False)
    first = day.call(first)
    places = [place_in_line(visit, now=day.now) for visit in (first, second)]
    assert [(each.is_called, each.ahead) for each in places if each] == [(True, 0), (False, 0)]
    assert place_in_line(change_status(appointment=first, status="consulting", by=None), now=day.now) is None
    assert place_in_line(second, now=day.now - timedelta(days=1)) is None
