"""Rows as an import would write them. To book as people do, call `clinic.scheduling.actions`."""

from datetime import UTC, datetime, timedelta
from typing import Any

import factory
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from factory.django import DjangoModelFactory

from clinic.lib import clock
from clinic.scheduling.enums import AbsenceKind, AppointmentStatus, BookingSource, Decision, DeedKind, ReservationReason
from clinic.scheduling.models import (
    Absence,
    AffectedVisit,
    Appointment,
    BookingRequest,
    Deed,
    Hold,
    Lateness,
    Reservation,
    WaitingScreen,
)
from tests.factories.accounts import UserFactory
from tests.factories.directory import LocationFactory, PractitionerFactory, ServiceFactory
from tests.factories.patients import PatientFactory

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class ReservationFactory(DjangoModelFactory[Reservation]):
    """`ReservationFactory(resource=…, starts_at=…, ends_at=…)`: an hour of leave unless told otherwise."""

    class Params:
        starts_at = START
        ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(hours=1))

    resource = factory.SubFactory(PractitionerFactory)
    seat = 1
    during = factory.LazyAttribute(lambda row: DateTimeTZRange(row.starts_at, row.ends_at))
    reason = ReservationReason.LEAVE

    class Meta:
        model = Reservation


class AppointmentFactory(DjangoModelFactory[Appointment]):
    """A visit with the reservation of its practitioner (none when it is cancelled), buffers included."""

    patient = factory.SubFactory(PatientFactory)
    practitioner = factory.SubFactory(PractitionerFactory)
    service = factory.SubFactory(ServiceFactory)
    location = factory.SubFactory(LocationFactory)
    starts_at = factory.Sequence(lambda n: START + timedelta(hours=n))
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(minutes=row.service.duration))
    status = AppointmentStatus.BOOKED
    source = BookingSource.SITE
    language = "en"
    contact_name = factory.LazyAttribute(lambda row: row.patient.name_en or row.patient.name_ar)
    contact_phone = factory.LazyAttribute(lambda row: row.patient.phone)
    contact_email = factory.LazyAttribute(lambda row: row.patient.email)

    class Meta:
        model = Appointment
        skip_postgeneration_save = True

    @classmethod
    def _generate(cls, strategy: Any, params: Any) -> Any:
        with transaction.atomic():  # a visit is never without its time, not even between two statements
            return super()._generate(strategy, params)

    @factory.post_generation
    def reservation(self: Any, create: bool, extracted: None, **kwargs: Any) -> None:
        if create and self.status != AppointmentStatus.CANCELLED:
            Reservation.objects.create(
                resource_id=self.practitioner_id,
                during=DateTimeTZRange(
                    self.starts_at - timedelta(minutes=self.service.buffer_before),
                    self.ends_at + timedelta(minutes=self.service.buffer_after),
                ),
                reason=ReservationReason.APPOINTMENT,
                appointment=self,
                **kwargs,
            )


def rewrite(**values: Any) -> None:
    """All visits as if they had been written so, with their reservations in step: `rewrite(status="cancelled")`."""
    for visit in Appointment.objects.all():
        Appointment.objects.filter(pk=visit.pk).update(**values)
        visit.refresh_from_db()
        held = Reservation.objects.filter(appointment=visit)
        if visit.status == AppointmentStatus.CANCELLED:
            held.delete()
        elif "starts_at" in values:
            held.update(during=DateTimeTZRange(visit.starts_at, visit.ends_at))


class HoldFactory(DjangoModelFactory[Hold]):
    """A hold without reservations; add them with `ReservationFactory(hold=…, reason="hold")`."""

    practitioner = factory.SubFactory(PractitionerFactory)
    service = factory.SubFactory(ServiceFactory)
    location = factory.SubFactory(LocationFactory)
    starts_at = START
    holder = "visitor"
    expires_at = START

    class Meta:
        model = Hold


class BookingRequestFactory(DjangoModelFactory[BookingRequest]):
    sender = "visitor"
    key = factory.Sequence(lambda n: f"key-{n}")
    digest = "0" * 64
    appointment = factory.SubFactory(AppointmentFactory)

    class Meta:
        model = BookingRequest


class DeedFactory(DjangoModelFactory[Deed]):
    """A booking of somebody of the staff, a moment ago."""

    actor = factory.SubFactory(UserFactory)
    appointment = factory.SubFactory(AppointmentFactory)
    kind = DeedKind.BOOKED
    revision = 0
    done_at = factory.LazyFunction(clock.now)

    class Meta:
        model = Deed


class LatenessFactory(DjangoModelFactory[Lateness]):
    practitioner = factory.SubFactory(PractitionerFactory)
    location = factory.SubFactory(LocationFactory)
    day = START.date()
    minutes = 25
    told_at = START

    class Meta:
        model = Lateness


class WaitingScreenFactory(DjangoModelFactory[WaitingScreen]):
    location = factory.SubFactory(LocationFactory)
    opened_at = START

    class Meta:
        model = WaitingScreen


class AbsenceFactory(DjangoModelFactory[Absence]):
    """An hour of leave that is only noted; `take_absence` also takes its time."""

    class Params:
        starts_at = START
        ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(hours=1))

    kind = AbsenceKind.LEAVE
    resource = factory.LazyFunction(lambda: PractitionerFactory().resource_ptr)
    during = factory.LazyAttribute(lambda row: DateTimeTZRange(row.starts_at, row.ends_at))
    time_zone = "Asia/Amman"

    class Meta:
        model = Absence


class AffectedVisitFactory(DjangoModelFactory[AffectedVisit]):
    absence = factory.SubFactory(AbsenceFactory)
    appointment = factory.SubFactory(AppointmentFactory)
    decision = Decision.CALL
    decided_at = START

    class Meta:
        model = AffectedVisit
