"""A small clinic that can be booked: one service, one doctor who works every day from 09:00 to 17:00."""

from dataclasses import dataclass

import pytest
from django.test import Client

from clinic.booking.choices import Choice
from clinic.directory.models import Location, Practitioner, Service
from clinic.lib import clock
from clinic.scheduling.actions import Contact, book_appointment
from clinic.scheduling.availability import free_slots
from clinic.scheduling.enums import BookingSource
from clinic.scheduling.models import Appointment
from tests.factories.directory import LocationFactory, ServiceFactory, SpecialtyFactory, WorkingPractitionerFactory

TYPED = {"name": "Layla Haddad", "phone": "079 123 4567", "email": "layla@patients.example", "note": ""}


@dataclass(frozen=True)
class SmallClinic:
    service: Service
    doctor: Practitioner
    location: Location

    def choice(self, number: int = 0) -> Choice:
        """The free time with this number, in order, from tomorrow on."""
        tomorrow = clock.local_day(clock.now(), self.location.time_zone).toordinal() + 1
        slots = free_slots(
            service=self.service,
            first_day=type(clock.now().date()).fromordinal(tomorrow),
            days=3,
            practitioners=[self.doctor.pk],
        )
        return Choice(self.service, self.doctor, self.location, slots[number].starts_at)

    def book(self, number: int = 0, *, language: str = "en") -> Appointment:
        choice = self.choice(number)
        return book_appointment(
            service=choice.service,
            practitioner=choice.practitioner,
            location=choice.location,
            starts_at=choice.starts_at,
            contact=Contact(name="Layla Haddad", phone="+962791234567", email="layla@patients.example"),
            language=language,
            source=BookingSource.SITE,
            by=None,
        )


@pytest.fixture
def small_clinic(db: None) -> SmallClinic:
    specialty = SpecialtyFactory(slug="dermatology", name_en="Dermatology", name_ar="الأمراض الجلدية")
    service = ServiceFactory(
        slug="skin-check",
        specialty=specialty,
        name_en="Skin check",
        name_ar="فحص الجلد",
        preparation_en="Come without make-up.",
        preparation_ar="تعالي بلا مساحيق تجميل.",
        cancel_cutoff=60,
    )
    location = LocationFactory(slug="amman", name_en="Amman branch", name_ar="فرع عمّان")
    doctor = WorkingPractitionerFactory(
        slug="salma-odeh",
        name_en="Dr. Salma Odeh",
        name_ar="د. سلمى عودة",
        services=[service],
        specialties=[specialty],
        hours__location=location,
    )
    return SmallClinic(service, doctor, location)


@pytest.fixture
def another_browser() -> Client:
    """Somebody else's, at another address."""
    return Client(REMOTE_ADDR="192.0.2.9")
