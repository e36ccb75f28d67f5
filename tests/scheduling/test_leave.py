"""Leave, maintenance and closure: entered with what becomes of the visits in them, or not at all."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from pytest_django import DjangoAssertNumQueries

from clinic.audit.models import AuditEvent
from clinic.directory.models import Closure, Location, Practitioner, Resource, Room
from clinic.messaging.models import Message
from clinic.scheduling.absences import affected_by, proposals, to_work_off, work_left
from clinic.scheduling.actions import (
    AbsenceRefused,
    BookingRefused,
    Choice,
    Contact,
    book_appointment,
    cancel_appointment,
    hold_time,
    move_appointment,
    report_sick,
    settle_visits,
    take_absence,
    withdraw_absence,
)
from clinic.scheduling.availability import free_slots
from clinic.scheduling.enums import AbsenceKind, BookingSource, Decision
from clinic.scheduling.models import Absence, AffectedVisit, Appointment, Hold, Reservation
from tests.factories.directory import (
    LocationFactory,
    PractitionerFactory,
    RoomFactory,
    ServiceFactory,
    WorkingHoursFactory,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
NOW = MONDAY - timedelta(days=1)
HALF = timedelta(minutes=30)


@pytest.fixture(autouse=True)
def _the_day_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.lib.clock.now", lambda: NOW)


@pytest.fixture
def service() -> Any:
    return ServiceFactory(duration=30, step=30, notice=0, cancel_cutoff=60, room_kind="consultation")


@pytest.fixture
def location() -> Any:
    location = LocationFactory(time_zone="UTC")
    RoomFactory.create_batch(2, location=location, room_kind="consultation")
    return location


@pytest.fixture
def new_doctor(service: Any, location: Any) -> Callable[..., Practitioner]:
    def make(weekdays: tuple[int, ...] = (1, 2), **values: Any) -> Practitioner:
        somebody = PractitionerFactory(services=[service], **values)
        for weekday in weekdays:
            WorkingHoursFactory(
                practitioner=somebody, location=location, weekday=weekday, starts=time(8), ends=time(12)
            )
        return somebody

    return make


@pytest.fixture
def book(service: Any, location: Any) -> Callable[..., Appointment]:
    def at(practitioner: Practitioner, starts_at: datetime = MONDAY, **values: Any) -> Appointment:
        email = values.pop("email", "rana@patients.example")
        return book_appointment(
            service=service,
            practitioner=practitioner,
            location=location,
            starts_at=starts_at,
            contact=Contact(name="Rana", phone="+962791234567", email=email),
            language="en",
            source=BookingSource.DESK,
            by=None,
            ignore_notice=True,
            **values,
        )

    return at


def leave_of(resource: Practitioner | Room, begins: datetime = MONDAY, hours: float = 4, **values: Any) -> Absence:
    """Not saved yet: the whole of Monday's working hours unless told otherwise."""
    kind = AbsenceKind.LEAVE if isinstance(resource, Practitioner) else AbsenceKind.MAINTENANCE
    during = DateTimeTZRange(begins, begins + timedelta(hours=hours))
    parent = Resource.objects.get(pk=resource.pk)
    return Absence(kind=kind, resource=parent, during=during, time_zone="UTC", **values)


def closure_of(location: Location) -> Absence:
    day = MONDAY.replace(hour=0)
    during = DateTimeTZRange(day, day + timedelta(days=1))
    return Absence(kind=AbsenceKind.CLOSURE, location=location, during=during, time_zone="UTC")


def to(visit: Appointment, decision: Decision, starts_at: datetime | None = None, who: Any = None) -> Choice:
    if starts_at is None:
        return Choice(visit, decision)
    return Choice(visit, decision, who or visit.practitioner, visit.location, starts_at)


def state(visit: Appointment) -> tuple[str, datetime, int]:
    visit.refresh_from_db()
    return visit.status, visit.starts_at, visit.practitioner_id


def test_one_transaction_moves_asks_cancels_and_keeps(new_doctor: Any, book: Any) -> None:
    salma, omar = new_doctor(), new_doctor()
    times = [MONDAY + HALF * number for number in range(5)]
    moved, asked, cancelled, called, kept = visits = [book(salma, at) for at in times]
    choices = [
        to(moved, Decision.MOVED, MONDAY, omar),
        to(asked, Decision.ASKED),
        to(cancelled, Decision.CANCELLED),
        to(called, Decision.CALL),
        to(kept, Decision.KEPT),
    ]
    absence = take_absence(absence=leave_of(salma), choices=choices, by=None)
    assert state(moved) == ("booked", MONDAY, omar.pk)
    assert [state(visit)[0] for visit in visits[1:]] == ["booked", "cancelled", "booked", "booked"]
    told = Message.objects.exclude(kind="appointment_booked").values_list("kind", "subject")
    assert set(told) == {
        ("appointment_moved", moved.reference),
        ("appointment_displaced", asked.reference),
        ("appointment_cancelled", cancelled.reference),
    }
    left = to_work_off(absence, now=NOW)
    assert list(left) == [asked, called]
    assert work_left([absence], now=NOW) == {absence.pk: 2}
    assert AuditEvent.objects.get(verb="absence.added").detail["affected"] == 5


def test_nobody_is_booked_into_a_leave_not_even_on_an_extra_seat(new_doctor: Any, book: Any, service: Any) -> None:
    salma = new_doctor(seats=2)
    take_absence(absence=leave_of(salma), choices=[], by=None)
    monday = {"service": service, "first_day": MONDAY.date(), "days": 1, "ignore_notice": True}
    assert free_slots(**monday) == []
    for overbooked in ("", "She is a colleague's mother"):
        with pytest.raises(BookingRefused, match="taken"):
            book(salma, overbooked=overbooked)


@pytest.mark.parametrize("how", ["cancelled", "moved"])
def test_the_time_that_a_visit_gives_up_falls_to_the_leave(new_doctor: Any, book: Any, how: str) -> None:
    salma = new_doctor()
    visit = book(salma)
    absence = take_absence(absence=leave_of(salma), choices=[to(visit, Decision.CALL)], by=None)
    with pytest.raises(BookingRefused, match="taken"):
        book(salma)
    if how == "cancelled":
        cancel_appointment(appointment=visit, by=None)
    else:
        move_appointment(appointment=visit, starts_at=MONDAY + timedelta(days=1), by=None)
    with pytest.raises(BookingRefused, match="taken"):
        book(salma)
    assert not to_work_off(absence, now=NOW).exists()


def test_a_visit_that_only_keeps_time_free_after_itself_is_not_affected(
    new_doctor: Any, book: Any, service: Any
) -> None:
    service.buffer_after = 15
    service.save()
    salma = new_doctor()
    book(salma)
    absence = leave_of(salma, MONDAY + HALF, hours=1)
    assert not affected_by(absence, now=NOW).exists()
    take_absence(absence=absence, choices=[], by=None)


def test_what_a_visitor_is_just_booking_is_given_up(new_doctor: Any, service: Any, location: Any) -> None:
    salma = new_doctor()
    asked = {"service": service, "practitioner": salma, "location": location}
    hold_time(starts_at=MONDAY, holder="visitor", **asked)
    take_absence(absence=leave_of(salma), choices=[], by=None)
    assert not Hold.objects.exists()


def test_a_visit_that_nobody_saw_stops_the_leave(new_doctor: Any, book: Any) -> None:
    salma = new_doctor()
    seen, unseen = book(salma), book(salma, MONDAY + HALF)
    with pytest.raises(AbsenceRefused, match="changed") as refusal:
        take_absence(absence=leave_of(salma), choices=[to(seen, Decision.CANCELLED)], by=None)
    assert list(refusal.value.visits) == [unseen.pk]
    assert state(seen)[0] == "booked"
    assert not Absence.objects.exists()


def test_a_visit_that_has_changed_since_it_was_seen_stops_the_leave(new_doctor: Any, book: Any) -> None:
    salma = new_doctor()
    visit = book(salma)
    move_appointment(appointment=visit, starts_at=MONDAY + HALF, by=None)
    with pytest.raises(AbsenceRefused, match="changed"):
        take_absence(absence=leave_of(salma), choices=[to(visit, Decision.CANCELLED)], by=None)
    assert state(visit)[0] == "booked"


def test_one_time_that_is_taken_leaves_everything_as_it_was(new_doctor: Any, book: Any) -> None:
    salma, omar = new_doctor(), new_doctor()
    first, second = book(salma), book(salma, MONDAY + HALF)
    book(omar, MONDAY)
    choices = [to(first, Decision.MOVED, MONDAY, omar), to(second, Decision.CANCELLED)]
    with pytest.raises(AbsenceRefused, match="visit") as refusal:
        take_absence(absence=leave_of(salma), choices=choices, by=None)
    assert list(refusal.value.visits) == [first.pk]
    assert "just been taken" in str(refusal.value.why)
    assert [state(first), state(second)] == [("booked", MONDAY, salma.pk), ("booked", MONDAY + HALF, salma.pk)]
    assert not Absence.objects.exists()
    assert not Reservation.objects.filter(reason="leave").exists()
    assert not AuditEvent.objects.filter(verb__startswith="absence").exists()
    assert not Message.objects.exclude(kind="appointment_booked").exists()


def test_nobody_is_moved_into_the_leave_itself(new_doctor: Any, book: Any) -> None:
    salma = new_doctor()
    visit = book(salma)
    later = to(visit, Decision.MOVED, MONDAY + timedelta(hours=2))
    with pytest.raises(AbsenceRefused, match="visit"):
        take_absence(absence=leave_of(salma), choices=[later], by=None)


def test_nothing_is_saved_when_the_event_cannot_be_written(
    new_doctor: Any, book: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    salma = new_doctor()
    visit = book(salma)

    def fail(*_args: Any, **_values: Any) -> None:
        raise RuntimeError("no room for events")

    monkeypatch.setattr("clinic.scheduling.actions.leave.record_event", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        take_absence(absence=leave_of(salma), choices=[to(visit, Decision.CANCELLED)], by=None)
    assert state(visit)[0] == "booked"
    assert not Absence.objects.exists()


def test_who_has_no_address_is_called_instead_of_asked(new_doctor: Any, book: Any) -> None:
    salma = new_doctor()
    visit = book(salma, email="")
    take_absence(absence=leave_of(salma), choices=[to(visit, Decision.ASKED)], by=None)
    assert AffectedVisit.objects.get().decision == Decision.CALL


def test_whoever_could_not_use_the_link_any_more_is_called(
    new_doctor: Any, book: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    salma = new_doctor()
    visit = book(salma)
    monkeypatch.setattr("clinic.lib.clock.now", lambda: MONDAY - timedelta(minutes=20))  # the cut-off is an hour
    take_absence(absence=leave_of(salma), choices=[to(visit, Decision.ASKED)], by=None)
    assert AffectedVisit.objects.get().decision == Decision.CALL
    assert not Message.objects.filter(kind="appointment_displaced").exists()


def test_the_same_leave_twice_is_one(new_doctor: Any) -> None:
    salma = new_doctor()
    first, second = (take_absence(absence=leave_of(salma), choices=[], by=None) for _ in range(2))
    assert first == second
    with pytest.raises(IntegrityError, match="absence_of_resource_once"), transaction.atomic():
        leave_of(salma).save()


def test_leaves_that_overlap_share_the_time(new_doctor: Any, book: Any) -> None:
    salma = new_doctor()
    visit = book(salma)
    long = take_absence(absence=leave_of(salma), choices=[to(visit, Decision.KEPT)], by=None)
    short = take_absence(absence=leave_of(salma, hours=1), choices=[to(visit, Decision.KEPT)], by=None)
    withdraw_absence(absence=long, by=None)
    with pytest.raises(BookingRefused, match="taken"):
        book(salma, MONDAY + HALF)
    assert book(salma, MONDAY + timedelta(hours=1))
    withdraw_absence(absence=short, by=None)
    assert book(salma, MONDAY + HALF)


def test_a_leave_that_is_withdrawn_gives_its_time_back_once(new_doctor: Any, book: Any) -> None:
    salma = new_doctor()
    absence = take_absence(absence=leave_of(salma), choices=[], by=None)
    for _ in range(2):
        withdraw_absence(absence=absence, by=None)
    assert AuditEvent.objects.filter(verb="absence.withdrawn").count() == 1
    assert not Reservation.objects.exists()
    assert book(salma)


def test_sick_today_takes_effect_at_once_and_leaves_a_list(
    new_doctor: Any, book: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    salma = new_doctor()
    over, coming, tomorrow = (book(salma, at) for at in (MONDAY, MONDAY + 4 * HALF, MONDAY + timedelta(days=1)))
    monkeypatch.setattr("clinic.lib.clock.now", lambda: MONDAY + HALF)
    absence = report_sick(practitioner=salma, zone="UTC", by=None)
    assert report_sick(practitioner=salma, zone="UTC", by=None) == absence
    assert list(to_work_off(absence, now=MONDAY + HALF)) == [coming]
    assert {state(visit)[0] for visit in (over, coming, tomorrow)} == {"booked"}
    with pytest.raises(BookingRefused, match="taken"):
        book(salma, MONDAY + 5 * HALF)
    assert book(salma, MONDAY + timedelta(days=1, hours=1))


def test_a_list_is_worked_off_visit_by_visit(new_doctor: Any, book: Any) -> None:
    salma, omar = new_doctor(), new_doctor()
    first, second, third = visits = [book(salma, MONDAY + HALF * number) for number in range(3)]
    choices = [to(visit, Decision.CALL) for visit in visits]
    absence = take_absence(absence=leave_of(salma), choices=choices, by=None)
    settle_visits(absence=absence, choices=[to(first, Decision.MOVED, MONDAY, omar)], by=None)
    settle_visits(absence=absence, choices=[to(second, Decision.KEPT)], by=None)
    assert list(to_work_off(absence, now=NOW)) == [third]
    # Somebody else was faster: nothing is left to do for the first.
    settle_visits(absence=absence, choices=[to(first, Decision.CANCELLED)], by=None)
    assert state(first) == ("booked", MONDAY, omar.pk)


def test_a_visit_keeps_its_time_in_another_room_while_its_own_is_repaired(new_doctor: Any, book: Any) -> None:
    visit = book(new_doctor())
    room = Room.objects.get(reservations__appointment=visit)
    absence = leave_of(room)
    stays = proposals(absence, [visit], now=NOW)[visit.pk][0]
    assert (stays.starts_at, stays.practitioner_id) == (MONDAY, visit.practitioner_id)
    take_absence(absence=absence, choices=[to(visit, Decision.MOVED, MONDAY)], by=None)
    assert Room.objects.get(reservations__appointment=visit) != room
    assert state(visit)[1] == MONDAY
    assert AuditEvent.objects.filter(verb="appointment.reseated").count() == 1
    assert not Message.objects.exclude(kind="appointment_booked").exists()


def test_a_closure_closes_its_days_for_visitors_and_is_taken_back_whole(
    new_doctor: Any, book: Any, location: Any
) -> None:
    salma = new_doctor()
    visit = book(salma)
    tuesday = MONDAY + timedelta(days=1)
    choices = [to(visit, Decision.MOVED, tuesday)]
    absence = take_absence(
        absence=closure_of(location), choices=choices, by=None, name_en="Works", name_ar="أعمال صيانة"
    )
    closure = Closure.objects.get()
    assert (closure.first_day, closure.last_day, closure.name_ar) == (MONDAY.date(), MONDAY.date(), "أعمال صيانة")
    assert state(visit)[1] == tuesday
    with pytest.raises(BookingRefused, match="closed"):
        book(salma)
    withdraw_absence(absence=absence, by=None)
    assert not Closure.objects.exists()
    assert book(salma)


def test_the_nearest_equal_times_are_the_own_practitioners_and_then_those_of_colleagues(
    new_doctor: Any, book: Any
) -> None:
    salma, omar = new_doctor(), new_doctor()
    visits = [book(salma, MONDAY), book(salma, MONDAY + HALF)]
    found = proposals(leave_of(salma), visits, now=NOW)
    firsts = [found[visit.pk][0] for visit in visits]
    tuesday = MONDAY + timedelta(days=1)
    assert {slot.practitioner_id for slot in firsts} == {salma.pk}
    assert {slot.starts_at for slot in firsts} == {tuesday, tuesday + HALF}
    of_omar = [slot.starts_at for slot in found[visits[0].pk] if slot.practitioner_id == omar.pk]
    assert of_omar[0] == MONDAY
    assert not [slot for slots in found.values() for slot in slots if slot.starts_at < MONDAY]


def test_proposals_ask_the_same_number_of_questions_for_one_visit_and_for_many(
    new_doctor: Any, book: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    salma = new_doctor()
    for count in (1, 3):
        book(salma, MONDAY + HALF * count)
        absence = leave_of(salma)
        visits = list(affected_by(absence, now=NOW).select_related("service", "location"))
        with django_assert_num_queries(2):
            assert len(proposals(absence, visits, now=NOW)) == len(visits)
