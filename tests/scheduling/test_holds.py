"""Keeping a time while somebody types."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from clinic.scheduling.actions import (
    HOLD_MINUTES,
    BookingRefused,
    Contact,
    book_appointment,
    hold_time,
    release_hold,
    sweep_expired,
)
from clinic.scheduling.availability import free_slots
from clinic.scheduling.models import Appointment, Hold, Reservation
from clinic.scheduling.tasks import sweep_expired_holds
from tests.factories.directory import LocationFactory, ServiceFactory, WorkingPractitionerFactory

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 23, 8, tzinfo=UTC)
NOW = START - timedelta(days=2)
Clock = Callable[[datetime], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr("clinic.lib.clock.now", lambda: moment)

    set_clock(NOW)
    return set_clock


@pytest.fixture
def wish(at: Clock) -> dict[str, Any]:
    location, service = LocationFactory(), ServiceFactory()
    doctor = WorkingPractitionerFactory(services=[service], hours__location=location)
    return {"service": service, "practitioner": doctor, "location": location, "starts_at": START}


def refusal(deed: Callable[..., Any], **values: Any) -> str:
    with pytest.raises(BookingRefused) as caught:
        deed(**values)
    return caught.value.code


def book(wish: dict[str, Any], **values: Any) -> Appointment:
    return book_appointment(
        **wish, contact=Contact(name="Layla", phone="+962791234567"), language="en", source="site", by=None, **values
    )


def is_offered(wish: dict[str, Any]) -> bool:
    slots = free_slots(service=wish["service"], first_day=START.date(), days=1)
    return START in {slot.starts_at for slot in slots}


def test_a_kept_time_is_not_offered_until_its_minutes_are_over(wish: dict[str, Any], at: Clock) -> None:
    hold_time(**wish, holder="one")
    assert not is_offered(wish)
    assert refusal(hold_time, **wish, holder="another") == "taken"
    at(NOW + timedelta(minutes=HOLD_MINUTES))
    assert is_offered(wish)
    assert hold_time(**wish, holder="another")
    assert Hold.objects.count() == Reservation.objects.count() == 1


def test_the_holder_books_the_kept_time(wish: dict[str, Any]) -> None:
    hold = hold_time(**wish, holder="one")
    appointment = book(wish, hold=hold)
    reservation = Reservation.objects.get()
    assert (reservation.appointment, reservation.hold) == (appointment, None)
    assert not Hold.objects.exists()


def test_a_hold_that_has_ended_books_if_the_time_is_still_free(wish: dict[str, Any], at: Clock) -> None:
    hold = hold_time(**wish, holder="one")
    at(NOW + timedelta(hours=1))
    sweep_expired()
    assert book(wish, hold=hold)


def test_a_refused_booking_keeps_the_hold(wish: dict[str, Any]) -> None:
    hold = hold_time(**wish, holder="one")
    elsewhere = wish | {"starts_at": START + timedelta(hours=12)}
    assert refusal(book, wish=elsewhere, hold=hold) == "not_working"
    assert hold.reservations.count() == 1


def test_asking_again_neither_doubles_nor_lengthens_a_hold(wish: dict[str, Any], at: Clock) -> None:
    hold = hold_time(**wish, holder="one")
    at(NOW + timedelta(minutes=5))
    again = hold_time(**wish, holder="one")
    assert (again.pk, again.expires_at) == (hold.pk, hold.expires_at)


def test_nobody_keeps_more_times_than_the_limit(wish: dict[str, Any], settings: Any) -> None:
    settings.HOLDS_PER_VISITOR = 2
    times = [wish | {"starts_at": START + timedelta(minutes=30 * n)} for n in range(3)]
    holds = [hold_time(**each, holder="one") for each in times[:2]]
    assert refusal(hold_time, **times[2], holder="one") == "limit"
    release_hold(hold=holds[0])
    assert hold_time(**times[2], holder="one")


def test_many_visitors_together_keep_only_so_many_times_of_one_practitioner(
    wish: dict[str, Any], at: Clock, settings: Any
) -> None:
    settings.HOLDS_PER_PRACTITIONER = 2
    times = [wish | {"starts_at": START + timedelta(minutes=30 * n)} for n in range(3)]
    for number, each in enumerate(times[:2]):
        hold_time(**each, holder=f"address {number}")
    assert refusal(hold_time, **times[2], holder="another address") == "limit"
    assert book(times[2]), "who cannot keep the time can still book it"
    at(NOW + timedelta(minutes=HOLD_MINUTES))
    assert hold_time(**times[0], holder="another address")


def test_a_released_time_is_free_at_once_and_can_be_released_twice(wish: dict[str, Any]) -> None:
    hold = hold_time(**wish, holder="one")
    release_hold(hold=hold)
    release_hold(hold=hold)
    assert is_offered(wish)
    assert not Reservation.objects.exists()


def test_the_sweeper_takes_only_what_has_ended(wish: dict[str, Any], at: Clock) -> None:
    hold_time(**wish, holder="one")
    assert sweep_expired_holds() == 0
    at(NOW + timedelta(minutes=HOLD_MINUTES))
    assert sweep_expired_holds() == 1
    assert not Reservation.objects.exists()
