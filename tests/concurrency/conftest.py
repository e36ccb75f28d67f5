"""A clinic in a database that several connections see, and people who act at the same moment."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from wagtail.models import Locale, Page, Site

from clinic.directory.models import Location, Practitioner, Service
from clinic.lib import clock
from clinic.scheduling.actions import BookingRefused, Contact, book_appointment
from clinic.scheduling.models import Appointment, Reservation
from tests.concurrency.server import serving
from tests.factories.directory import LocationFactory, ServiceFactory, WorkingPractitionerFactory

CONSTRAINT = next(each for each in Reservation._meta.constraints if each.name == "no_seat_is_reserved_twice")


def found_site() -> None:
    """What migrations make and the emptying of tables between these tests takes away: the frame of each page."""
    for language in ("en", "ar"):
        Locale.objects.get_or_create(language_code=language)
    if not Site.objects.exists():
        root = Page.get_first_root_node() or Page.add_root(
            instance=Page(title="Root", slug="root", locale=Locale.objects.get(language_code="en"))
        )
        Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)


class Clinic:
    """One doctor who works the whole day, and the morning of next week's same day, free."""

    def __init__(self) -> None:
        found_site()
        self.location: Location = LocationFactory(time_zone="UTC")
        self.service = self.new_service()

    def new_service(self, **values: Any) -> Service:
        return ServiceFactory(**{"duration": 30, "step": 5, **values})

    def new_doctor(self, *services: Service, **values: Any) -> Practitioner:
        hours = {"hours__location": self.location, "hours__starts": time(0), "hours__ends": time(23, 55)}
        return WorkingPractitionerFactory(services=list(services), **hours, **values)

    @property
    def day(self) -> date:
        return clock.now().date() + timedelta(days=7)

    def at(self, minutes: int) -> datetime:
        """So many minutes after midnight of `day`."""
        return clock.day_bounds(self.day, "UTC")[0] + timedelta(minutes=minutes)

    def book(self, doctor: Practitioner, minutes: int, **values: Any) -> Appointment:
        asked = {
            "service": self.service,
            "practitioner": doctor,
            "location": self.location,
            "starts_at": self.at(minutes),
            "contact": Contact(name="Layla Haddad", phone="+962791234567", email="layla@patients.example"),
            "language": "en",
            "source": "site",
            "by": None,
        }
        return book_appointment(**(asked | values))

    def outcome(self, doctor: Practitioner, minutes: int, **values: Any) -> str:
        try:
            self.book(doctor, minutes, **values)
        except BookingRefused as refusal:
            return refusal.code
        return "booked"


@pytest.fixture
def clinic(transactional_db: None) -> Clinic:
    return Clinic()


@pytest.fixture(scope="module")
def site(django_db_setup: None) -> Iterator[str]:
    """The address of a running server; it stays up while its tables are filled and emptied."""
    with serving() as address:
        yield address


def all_at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    """What each deed returned; each runs in a thread and a database connection of its own, started together."""
    gate = threading.Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            gate.wait(timeout=60)
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as crowd:
        return list(crowd.map(run, deeds))


@contextmanager
def without_constraint() -> Iterator[None]:
    """Take the exclusion constraint out of this test's own database, and put it back."""
    with connection.schema_editor() as editor:
        editor.remove_constraint(Reservation, CONSTRAINT)
    try:
        yield
    finally:
        with connection.cursor() as cursor:  # a DELETE would give the times of absences back to them
            cursor.execute("TRUNCATE scheduling_appointment, scheduling_reservation, scheduling_hold CASCADE")
        with connection.schema_editor() as editor:
            editor.add_constraint(Reservation, CONSTRAINT)


def overlaps() -> int:
    """How many pairs of reservations share a moment of one seat; asked without trusting the constraint."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM scheduling_reservation a JOIN scheduling_reservation b"
            " ON a.id < b.id AND a.resource_id = b.resource_id AND a.seat = b.seat AND a.during && b.during"
        )
        return int(cursor.fetchone()[0])


def booked() -> int:
    """How many appointments there are; each holds its time."""
    for appointment in Appointment.objects.prefetch_related("reservations"):
        held = [reservation.resource_id for reservation in appointment.reservations.all()]
        assert appointment.practitioner_id in held
    assert not Reservation.objects.filter(reason="appointment", appointment=None).exists()
    return Appointment.objects.count()
