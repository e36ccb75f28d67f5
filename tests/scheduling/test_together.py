"""Several visits in one go: all of them, or none."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from clinic.accounts.models import User
from clinic.audit.models import AuditEvent
from clinic.directory.models import Location, Practitioner
from clinic.patients.enums import PatientOrigin
from clinic.patients.models import Patient
from clinic.scheduling.actions import (
    Booking,
    ChangeRefused,
    Contact,
    RequestMismatch,
    TogetherRefused,
    Wish,
    book_together,
    undo_last,
)
from clinic.scheduling.enums import BookingSource
from clinic.scheduling.models import Appointment, BookingRequest, Reservation
from clinic.scheduling.prospects import refusals
from clinic.scheduling.recurrence import RuleInvalid, occurrences
from tests.factories.accounts import UserFactory
from tests.factories.directory import (
    ClosureFactory,
    LocationFactory,
    PractitionerFactory,
    RoomFactory,
    ServiceFactory,
    WorkingHoursFactory,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
HALF = timedelta(minutes=30)
LAYLA = Contact(name="Layla Haddad", phone="+962791234567", email="layla@patients.example")
YOUSEF = Contact(name="Yousef Haddad", phone="+962791234567")


@pytest.fixture(autouse=True)
def _early_on_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.lib.clock.now", lambda: MONDAY - HALF)


@pytest.fixture
def location() -> Any:
    location = LocationFactory(time_zone="UTC")
    for _number in range(2):
        RoomFactory(location=location, room_kind="consultation")
    return location


@pytest.fixture
def salma(location: Location) -> Practitioner:
    doctor = PractitionerFactory(services=[ServiceFactory(duration=30, step=30, notice=0, room_kind="consultation")])
    WorkingHoursFactory(practitioner=doctor, location=location, weekday=1, starts=time(8), ends=time(12))
    return doctor


@pytest.fixture
def rania() -> User:
    return UserFactory()


@pytest.fixture
def ask(salma: Practitioner, location: Location) -> Callable[..., Booking]:
    def at(starts_at: datetime, contact: Contact = LAYLA, **values: Any) -> Booking:
        return Booking(
            wish=Wish(salma.services.get(), salma, location, starts_at), contact=contact, language="en", **values
        )

    return at


def together(bookings: list[Booking], by: User, **values: Any) -> list[Appointment]:
    return book_together(**({"bookings": bookings, "source": BookingSource.DESK, "by": by} | values))


def test_a_course_of_visits_of_somebody_new_is_one_patient(ask: Callable[..., Booking], rania: User) -> None:
    weeks = [MONDAY + timedelta(weeks=number) for number in range(4)]
    visits = together([ask(week) for week in weeks], rania)
    assert [visit.starts_at for visit in visits] == weeks
    assert Patient.objects.get().origin == PatientOrigin.DESK
    assert AuditEvent.objects.filter(verb="appointment.booked").count() == 4


def test_a_family_comes_one_after_the_other(ask: Callable[..., Booking], rania: User) -> None:
    visits = together([ask(MONDAY), ask(MONDAY + HALF, YOUSEF)], rania)
    assert [visit.patient.name_en for visit in visits] == ["Layla Haddad", "Yousef Haddad"]


def test_one_time_that_is_taken_refuses_them_all_and_is_named(ask: Callable[..., Booking], rania: User) -> None:
    together([ask(MONDAY + HALF, YOUSEF)], rania)
    with pytest.raises(TogetherRefused) as refusal:
        together([ask(MONDAY), ask(MONDAY + HALF), ask(MONDAY + 2 * HALF)], rania)
    assert (refusal.value.code, refusal.value.number) == ("taken", 1)
    assert Appointment.objects.count() == 1
    assert not Patient.objects.filter(name_en="Layla Haddad").exists()


def test_two_of_them_at_one_time_of_one_doctor_are_refused(ask: Callable[..., Booking], rania: User) -> None:
    with pytest.raises(TogetherRefused, match="taken"):
        together([ask(MONDAY), ask(MONDAY, YOUSEF)], rania)
    assert not Reservation.objects.exists()


def test_the_same_form_twice_is_the_same_visits(ask: Callable[..., Booking], rania: User) -> None:
    asked = [ask(MONDAY), ask(MONDAY + HALF)]
    first = together(asked, rania, sender="desk:1", key="key")
    assert together(asked, rania, sender="desk:1", key="key") == first
    assert (Appointment.objects.count(), BookingRequest.objects.count()) == (2, 2)
    for other in ([ask(MONDAY)], [*asked, ask(MONDAY + 2 * HALF)], [ask(MONDAY), ask(MONDAY + 3 * HALF)]):
        with pytest.raises(RequestMismatch):
            together(other, rania, sender="desk:1", key="key")
    assert Appointment.objects.count() == 2


def test_who_walks_in_has_arrived_and_is_undone_whole(ask: Callable[..., Booking], rania: User) -> None:
    (visit,) = together([ask(MONDAY)], rania, source=BookingSource.WALK_IN, has_arrived=True)
    assert (visit.status, visit.token, visit.source) == ("arrived", 1, BookingSource.WALK_IN)
    assert visit.patient.origin == PatientOrigin.DESK
    undo_last(by=rania)
    visit.refresh_from_db()
    assert visit.status == "cancelled"
    assert not Reservation.objects.exists()


def test_nobody_is_here_on_another_day_than_that_of_their_visit(ask: Callable[..., Booking], rania: User) -> None:
    with pytest.raises(ChangeRefused, match="wrong_day"):
        together([ask(MONDAY + timedelta(weeks=1))], rania, has_arrived=True)
    assert not Appointment.objects.exists()


def test_what_was_booked_together_is_undone_together(ask: Callable[..., Booking], rania: User) -> None:
    visits = together([ask(MONDAY), ask(MONDAY + HALF, YOUSEF)], rania)
    assert set(undo_last(by=rania)) == set(visits)
    assert not Reservation.objects.exists()


def test_an_extra_seat_is_for_its_own_visit_only(ask: Callable[..., Booking], rania: User) -> None:
    together([ask(MONDAY)], rania)
    extra = ask(MONDAY, YOUSEF, overbooked="Fever since the night")
    with pytest.raises(TogetherRefused) as refusal:
        together([extra, ask(MONDAY, YOUSEF)], rania)
    assert refusal.value.number == 1
    (visit,) = together([extra], rania)
    assert visit.overbooked == "Fever since the night"


def test_no_booking_is_half_written_when_the_event_cannot_be(
    ask: Callable[..., Booking], rania: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **values: object) -> None:
        raise RuntimeError("no room for events")

    monkeypatch.setattr("clinic.scheduling.actions.bookings.record_event", fail)
    with pytest.raises(RuntimeError):
        together([ask(MONDAY)], rania)
    assert not Appointment.objects.exists()


def test_a_visit_at_nine_stays_at_nine_when_the_clock_changes() -> None:
    before = datetime(2026, 10, 19, 7, tzinfo=UTC)  # nine in Berlin, a week before winter time
    found = occurrences("FREQ=WEEKLY;COUNT=3", first=before, zone="Europe/Berlin")
    assert [moment.hour for moment in found] == [7, 8, 8]


def test_a_month_without_the_day_is_left_out_and_a_year_is_the_most() -> None:
    last = datetime(2026, 1, 31, 9, tzinfo=UTC)
    found = occurrences("FREQ=MONTHLY;COUNT=3", first=last, zone="UTC")
    assert [moment.month for moment in found] == [1, 3, 5]
    assert len(occurrences("FREQ=DAILY", first=last, zone="UTC")) == 52


@pytest.mark.parametrize("rule", ["", "nonsense", "FREQ=NEVER", "FREQ=WEEKLY;COUNT=x"])
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(RuleInvalid):
        occurrences(rule, first=MONDAY, zone="UTC")


def test_a_look_ahead_says_why_a_date_cannot_be_had_and_takes_nothing(
    ask: Callable[..., Booking], rania: User, location: Location
) -> None:
    together([ask(MONDAY)], rania)
    next_week = (MONDAY + timedelta(weeks=1)).date()
    ClosureFactory(location=location, first_day=next_week, last_day=next_week)
    moments = [MONDAY, MONDAY + timedelta(weeks=1), MONDAY + timedelta(days=1), MONDAY + timedelta(weeks=2)]
    wishes = [ask(moment).wish for moment in moments]
    assert refusals(wishes, now=MONDAY - HALF) == ["taken", "closed", "not_working", ""]
    assert Reservation.objects.filter(resource=wishes[0].practitioner).count() == 1
