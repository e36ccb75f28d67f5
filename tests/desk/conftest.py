"""A clinic at ten o'clock on a Monday in Amman, and the people who work there."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from clinic.accounts.enums import Role
from clinic.accounts.models import User
from clinic.directory.models import Location, Practitioner, Service
from clinic.lib import clock
from clinic.patients.models import Patient
from clinic.scheduling.models import Appointment
from tests.accounts.cast import person
from tests.factories.directory import LocationFactory, ServiceFactory, WorkingPractitionerFactory
from tests.factories.patients import PatientFactory
from tests.factories.scheduling import AppointmentFactory

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@dataclass
class Clinic:
    location: Location
    service: Service
    salma: Practitioner
    omar: Practitioner
    layla: Patient

    def visit(self, *, minutes: int = 60, **fields: object) -> Appointment:
        """Layla's visit to Dr. Salma, `minutes` from now."""
        values = {"patient": self.layla, "practitioner": self.salma, "service": self.service, "location": self.location}
        return AppointmentFactory(starts_at=NOW + timedelta(minutes=minutes), **{**values, **fields})


@pytest.fixture(autouse=True)
def ten_o_clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return NOW


@pytest.fixture
def clinic(db: None) -> Clinic:
    location, service = LocationFactory(name_en="Abdali"), ServiceFactory(name_en="Consultation")
    salma, omar = (
        WorkingPractitionerFactory(name_en=name, services=[service], hours__location=location)
        for name in ("Dr. Salma Nasser", "Dr. Omar Khalil")
    )
    layla = PatientFactory(name_en="Layla Haddad", name_ar="ليلى حداد", phone="+962791234567")
    return Clinic(location, service, salma, omar, layla)


@pytest.fixture
def receptionist(db: None) -> User:
    return person("rania", role=Role.RECEPTIONIST)


@pytest.fixture
def desk(client: Client, receptionist: User) -> Client:
    client.force_login(receptionist)
    return client


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def head(db: None) -> Client:
    """The desk of the head of reception, who may give extra seats."""
    return signed_in(person("suha", role=Role.HEAD_OF_RECEPTION))
