"""Booking through the action: what is written, what is refused, and that a refusal leaves nothing behind."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection

from clinic.audit.models import AuditEvent
from clinic.directory.enums import DeviceKind, RoomKind
from clinic.directory.models import Closure
from clinic.messaging.models import Message
from clinic.patients.models import Patient
from clinic.scheduling.actions import BookingRefused, Contact, RequestMismatch, book_appointment, cancel_appointment
from clinic.scheduling.availability import free_slots
from clinic.scheduling.enums import BookingSource, ReservationReason
from clinic.scheduling.models import Appointment, BookingRequest, Reservation
from tests.factories.directory import (
    ClosureFactory,
    DeviceFactory,
    ExtraHoursFactory,
    LocationFactory,
    RoomFactory,
    ServiceFactory,
    WorkingPractitionerFactory,
)
from tests.factories.scheduling import HoldFactory, ReservationFactory

pytestmark = pytest.mark.django_db
LAYLA = Contact(name="Layla Haddad", phone="+962791234567", email="layla@patients.example")


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    moment = datetime(2026, 11, 21, 8, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    return moment


class Clinic:
    """One doctor at one place, from nine to five in Amman (06:00 to 14:00 UTC), each day."""

    def __init__(self, **service: Any) -> None:
        self.location = LocationFactory()
        self.service = ServiceFactory(**service)
        self.doctor = WorkingPractitionerFactory(services=[self.service], hours__location=self.location)

    def book(self, starts_at: datetime = datetime(2026, 11, 23, 8, tzinfo=UTC), **asked: Any) -> Appointment:
        values = {
            "service": self.service,
            "practitioner": self.doctor,
            "location": self.location,
            "starts_at": starts_at,
            "contact": LAYLA,
            "language": "en",
            "source": BookingSource.SITE,
            "by": None,
        }
        return book_appointment(**(values | asked))

    def refusal(self, *args: Any, **asked: Any) -> str:
        before = written()
        with pytest.raises(BookingRefused) as caught:
            self.book(*args, **asked)
        assert written() == before
        assert str(caught.value.message)
        return caught.value.code


@pytest.fixture
def clinic(now: datetime) -> Clinic:
    return Clinic()


def written() -> list[int]:
    tables = (Appointment, Reservation, Patient, AuditEvent, Message, BookingRequest)
    return [model.objects.count() for model in tables]


def test_a_booking_writes_the_visit_its_time_its_history_and_its_message(clinic: Clinic) -> None:
    appointment = clinic.book()
    reservation = appointment.reservations.get()
    assert (reservation.resource_id, reservation.seat) == (clinic.doctor.pk, 1)
    assert reservation.during.lower == appointment.starts_at
    assert reservation.during.upper == appointment.ends_at == appointment.starts_at + timedelta(minutes=30)
    assert appointment.patient.origin == "site"
    event = AuditEvent.objects.get(subject=appointment.reference)
    assert (event.verb, event.actor) == ("appointment.booked", None)
    assert "Layla" not in str(event.detail)
    assert Message.objects.get().subject == appointment.reference


def test_a_name_in_arabic_letters_is_kept_as_the_arabic_name(clinic: Clinic) -> None:
    patient = clinic.book(contact=Contact(name="ليلى حداد", phone="+962791234567")).patient
    assert (patient.name_ar, patient.name_en) == ("ليلى حداد", "")


def test_buffers_are_reserved_with_the_visit(now: datetime) -> None:
    clinic = Clinic(buffer_before=10, buffer_after=20)
    appointment = clinic.book()
    during = appointment.reservations.get().during
    assert during.lower == appointment.starts_at - timedelta(minutes=10)
    assert during.upper == appointment.ends_at + timedelta(minutes=20)


def test_a_taken_time_is_refused(clinic: Clinic) -> None:
    clinic.book()
    assert clinic.refusal() == "taken"


def test_a_second_seat_is_booked_beside_the_first(clinic: Clinic) -> None:
    clinic.doctor.seats = 2
    clinic.doctor.save()
    assert [clinic.book().reservations.get().seat for _ in range(2)] == [1, 2]
    assert clinic.refusal() == "taken"


@pytest.mark.parametrize("hour", [5, 14, 22])
def test_nobody_is_booked_outside_working_hours(clinic: Clinic, hour: int) -> None:
    assert clinic.refusal(datetime(2026, 11, 23, hour, tzinfo=UTC)) == "not_working"


def test_a_visit_must_end_within_the_working_hours(clinic: Clinic) -> None:
    clinic.service.duration = 45
    clinic.service.save()
    assert clinic.refusal(datetime(2026, 11, 23, 13, 30, tzinfo=UTC)) == "not_working"


def test_visitors_keep_to_the_grid_and_staff_need_not(clinic: Clinic) -> None:
    odd = datetime(2026, 11, 23, 8, 7, tzinfo=UTC)
    assert clinic.refusal(odd) == "not_working"
    assert clinic.book(odd, ignore_notice=True, source=BookingSource.DESK)


def test_a_closed_day_takes_no_visits(clinic: Clinic) -> None:
    ClosureFactory(first_day=date(2026, 11, 23), last_day=date(2026, 11, 23), location=clinic.location)
    assert clinic.refusal() == "closed"
    Closure.objects.all().delete()
    assert clinic.book()


def test_notice_and_horizon_bind_visitors_and_not_staff(now: datetime) -> None:
    clinic = Clinic(notice=120, horizon_days=3)
    soon, late = now + timedelta(minutes=90), now + timedelta(days=4)
    assert clinic.refusal(soon) == "notice"
    assert clinic.refusal(late) == "horizon"
    assert clinic.book(soon, ignore_notice=True)
    assert clinic.book(late, ignore_notice=True)
    assert clinic.refusal(now - timedelta(hours=1), ignore_notice=True) == "notice"


def test_an_hour_that_the_clock_skips_before_midnight_is_bookable_as_it_is_offered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In Nuuk 23:00 of 27 March 2027 is midnight: the last visits of that day begin on the next."""
    moment = datetime(2027, 3, 26, 12, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    clinic = Clinic(horizon_days=1, duration=30, step=30)
    clinic.location = LocationFactory(time_zone="America/Nuuk")
    ExtraHoursFactory(
        practitioner=clinic.doctor, location=clinic.location, day=date(2027, 3, 27), starts=time(22), ends=time(23, 30)
    )
    slots = free_slots(service=clinic.service, location=clinic.location.pk, first_day=date(2027, 3, 27), days=2)
    assert [f"{slot.starts_at:%d %H:%M}" for slot in slots] == ["28 00:00", "28 00:30", "28 01:00"]
    for slot in slots:
        assert clinic.book(slot.starts_at)


def test_what_is_not_offered_is_refused(clinic: Clinic) -> None:
    other = ServiceFactory()
    assert clinic.refusal(service=other) == "not_offered"
    assert clinic.refusal(location=LocationFactory(is_active=False)) == "not_offered"
    clinic.doctor.is_active = False
    clinic.doctor.save()
    assert clinic.refusal() == "not_offered"


def test_what_is_not_public_is_booked_at_the_desk_only(now: datetime) -> None:
    clinic = Clinic(is_public=False)
    assert clinic.refusal() == "not_offered"
    assert clinic.book(source=BookingSource.DESK)


def test_a_visit_takes_a_room_and_a_device_or_nothing(now: datetime) -> None:
    clinic = Clinic(room_kind=RoomKind.IMAGING, device_kind=DeviceKind.ULTRASOUND)
    assert clinic.refusal() == "no_room"
    room = RoomFactory(location=clinic.location, room_kind=RoomKind.IMAGING)
    RoomFactory(room_kind=RoomKind.IMAGING)
    assert clinic.refusal() == "no_device"
    device = DeviceFactory(location=clinic.location)
    appointment = clinic.book()
    taken = {reservation.resource_id for reservation in appointment.reservations.all()}
    assert taken == {clinic.doctor.pk, room.pk, device.pk}


def test_a_room_that_is_closed_for_repairs_is_not_taken(now: datetime) -> None:
    clinic = Clinic(room_kind=RoomKind.IMAGING)
    broken, fine = [RoomFactory(location=clinic.location, room_kind=RoomKind.IMAGING) for _ in range(2)]
    ReservationFactory(resource=broken, starts_at=now, ends_at=now + timedelta(days=9), reason="maintenance")
    assert clinic.book().reservations.filter(resource=fine).exists()
    assert clinic.refusal() == "taken"


def test_leave_is_not_booked(clinic: Clinic, now: datetime) -> None:
    ReservationFactory(resource=clinic.doctor, starts_at=now, ends_at=now + timedelta(days=9))
    assert clinic.refusal() == "taken"


def test_a_hold_keeps_others_away_until_it_ends(clinic: Clinic, now: datetime) -> None:
    start = datetime(2026, 11, 23, 8, tzinfo=UTC)
    hold = HoldFactory(expires_at=now + timedelta(minutes=1), starts_at=start)
    ReservationFactory(
        resource=clinic.doctor,
        hold=hold,
        reason=ReservationReason.HOLD,
        starts_at=start,
        ends_at=start + timedelta(hours=1),
    )
    assert clinic.refusal(start) == "taken"
    hold.expires_at = now
    hold.save()
    assert clinic.book(start)
    assert not Reservation.objects.filter(reason=ReservationReason.HOLD).exists()


def test_the_same_request_twice_is_one_appointment(clinic: Clinic) -> None:
    first = clinic.book(sender="visitor", key="form-1")
    assert clinic.book(sender="visitor", key="form-1") == first
    assert Appointment.objects.count() == Message.objects.count() == AuditEvent.objects.count() == 1


def test_a_key_stands_for_one_request_only(clinic: Clinic) -> None:
    clinic.book(sender="visitor", key="form-1")
    with pytest.raises(RequestMismatch):
        clinic.book(datetime(2026, 11, 23, 9, tzinfo=UTC), sender="visitor", key="form-1")
    assert clinic.book(datetime(2026, 11, 23, 9, tzinfo=UTC), sender="another visitor", key="form-1")


def test_a_refused_request_may_be_sent_again_with_its_key(clinic: Clinic) -> None:
    first = clinic.book()
    assert clinic.refusal(sender="visitor", key="form-1") == "taken"
    cancel_appointment(appointment=first, by=None)
    assert clinic.book(sender="visitor", key="form-1")


def test_a_booking_that_cannot_be_recorded_does_not_happen(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    before = written()
    monkeypatch.setattr("clinic.audit.actions.AuditEvent.objects.create", fail)
    with pytest.raises(RuntimeError):
        clinic.book()
    assert written() == before


def fail(**values: Any) -> None:
    raise RuntimeError("the audit trail is full")


def test_no_writer_can_reserve_a_seat_twice(clinic: Clinic) -> None:
    clinic.book()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO scheduling_reservation (resource_id, seat, during, reason, note)"
            " SELECT resource_id, seat, during, 'leave', '' FROM scheduling_reservation ON CONFLICT DO NOTHING"
        )
        assert cursor.rowcount == 0
