"""A Monday morning at ten in Amman: two doctors at work, and a visit to each of them within two hours."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from clinic.directory.models import Location, Practitioner, Service
from clinic.scheduling.models import Appointment
from tests.factories.directory import LocationFactory, ServiceFactory, WorkingPractitionerFactory
from tests.factories.patients import PatientFactory
from tests.factories.scheduling import AppointmentFactory

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
NAMES = {
    "en": {"layla": "Layla Haddad", "yousef": "Yousef Mansour", "mariam": "Mariam Nassar"},
    "ar": {"layla": "ليلى حداد", "yousef": "يوسف منصور", "mariam": "مريم نصار"},
}


@dataclass(frozen=True)
class Morning:
    location: Location
    service: Service
    salma: Practitioner
    omar: Practitioner
    of_layla: Appointment
    of_yousef: Appointment


def make_morning() -> Morning:
    """Layla comes to Dr. Salma at eleven, Yousef to Dr. Omar at half past; each works from nine to five."""
    location = LocationFactory(name_en="Amman branch", name_ar="فرع عمّان")
    service = ServiceFactory(name_en="Consultation", name_ar="استشارة")
    salma, omar = (
        WorkingPractitionerFactory(name_en=name_en, name_ar=name_ar, services=[service], hours__location=location)
        for name_en, name_ar in (("Dr. Salma Nasser", "د. سلمى ناصر"), ("Dr. Omar Khalil", "د. عمر خليل"))
    )
    visits = [
        AppointmentFactory(
            patient=PatientFactory(name_en=NAMES["en"][key], name_ar=NAMES["ar"][key]),
            practitioner=practitioner,
            service=service,
            location=location,
            starts_at=NOW + timedelta(minutes=minutes),
        )
        for key, practitioner, minutes in (("layla", salma, 60), ("yousef", omar, 90))
    ]
    return Morning(location, service, salma, omar, *visits)
