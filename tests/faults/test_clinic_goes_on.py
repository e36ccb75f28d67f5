"""Valkey is stopped or flushed in the middle of a day: visitors book, reception works, no message is lost."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from celery.signals import task_postrun
from django.core import mail
from django.db import connection
from django.test import Client

from clinic.accounts.enums import Role
from clinic.booking.choices import Choice
from clinic.lib import clock
from clinic.messaging.enums import MessageStatus
from clinic.messaging.models import Message
from clinic.scheduling.availability import free_slots
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment
from config.celery import PERIODIC, app
from tests.accounts.cast import person
from tests.factories.directory import LocationFactory, ServiceFactory, SpecialtyFactory, WorkingPractitionerFactory
from tests.factories.scheduling import AppointmentFactory
from tests.faults.valkey import KillableValkey
from tests.home.website import open_website

pytestmark = pytest.mark.django_db(transaction=True)
Move = Callable[[str], None]
DELIVERY = "clinic.messaging.tasks.deliver_due_messages"
PUBLIC = ("/en/", "/ar/", "/en/doctors/", "/ar/doctors/salma-odeh/", "/en/book/", "/ar/book/skin-check/")
TYPED = {"name": "Layla Haddad", "phone": "079 123 4567", "email": "layla@patients.example", "note": ""}


@pytest.fixture
def choice(transactional_db: None) -> Choice:
    """A clinic with a website and one doctor who works every day, and a free time of hers."""
    open_website()
    specialty = SpecialtyFactory(slug="dermatology")
    service = ServiceFactory(slug="skin-check", specialty=specialty)
    location = LocationFactory(slug="amman")
    doctor = WorkingPractitionerFactory(
        slug="salma-odeh", services=[service], specialties=[specialty], hours__location=location
    )
    tomorrow = clock.local_day(clock.now(), location.time_zone) + timedelta(days=1)
    [slot, *_others] = free_slots(service=service, first_day=tomorrow, days=2, practitioners=[doctor.pk])
    return Choice(service, doctor, location, slot.starts_at)


@pytest.fixture(params=["stopped", "flushed"])
def lose(request: pytest.FixtureRequest, valkey: KillableValkey, cache_at: Move, broker_at: Move) -> Callable[[], None]:
    """A function after which Valkey is gone, or has forgotten everything; until then it serves as cache and broker."""
    cache_at(valkey.url)
    broker_at(valkey.url)
    return valkey.stop if request.param == "stopped" else valkey.flush


@pytest.fixture
def bring_back(valkey: KillableValkey, cache_at: Move, broker_at: Move) -> Callable[[], None]:
    """A function after which Valkey serves again, and nobody rests from it."""

    def start() -> None:
        valkey.stop()
        valkey.start()
        cache_at(valkey.url)
        broker_at(valkey.url)

    return start


def work_until_delivered() -> None:
    """Ring for the delivery as beat does, every few seconds, and let a real worker answer."""
    done = threading.Event()

    def look(**kwargs: Any) -> None:
        connection.close()  # the thread's own
        done.set()

    task_postrun.connect(look, weak=False)
    try:
        with start_worker(app, pool="solo", perform_ping_check=False, queues=["messages"], shutdown_timeout=30):
            app.send_task(DELIVERY, expires=PERIODIC[DELIVERY])
            assert done.wait(20)
    finally:
        task_postrun.disconnect(look)


def test_every_public_page_is_served(lose: Callable[[], None], client: Client, choice: Choice) -> None:
    before = {path: client.get(path).status_code for path in PUBLIC}
    lose()
    assert before == {path: client.get(path).status_code for path in PUBLIC} == dict.fromkeys(PUBLIC, 200)


def test_a_visitor_books_and_the_message_leaves_when_valkey_is_back(
    lose: Callable[[], None], bring_back: Callable[[], None], client: Client, choice: Choice
) -> None:
    # Given a visitor before the form when Valkey is lost
    page = client.get(choice.details_url())
    lose()

    # When they send it
    answer = client.post(
        "/en/book/skin-check/details/", {**choice.fields, **TYPED, "key": page.context["form"]["key"].value()}
    )

    # Then the visit is booked and shown, and its message waits
    assert answer.status_code == 303
    assert client.get(answer["Location"]).status_code == 200
    visit = Appointment.objects.get()
    assert (visit.starts_at, visit.status) == (choice.starts_at, AppointmentStatus.BOOKED)
    assert Message.objects.get().status == MessageStatus.PENDING
    assert mail.outbox == []

    # And leaves once Valkey is back, at the next round of the delivery
    bring_back()
    work_until_delivered()
    assert Message.objects.get().status == MessageStatus.SENT
    assert [letter.to for letter in mail.outbox] == [["layla@patients.example"]]


def test_reception_stays_signed_in_and_marks_who_has_arrived(
    lose: Callable[[], None], client: Client, choice: Choice
) -> None:
    # Given a receptionist who is signed in, and a visit of today
    visit = AppointmentFactory(practitioner=choice.practitioner, location=choice.location, starts_at=clock.now())
    client.force_login(person("rania", role=Role.RECEPTIONIST))
    assert visit.contact_name in client.get("/admin/appointments/").text

    # When Valkey is lost and the patient comes
    lose()
    assert visit.contact_name in client.get("/admin/appointments/").text
    answer = client.post(f"/admin/appointments/{visit.reference}/step/", {"revision": 0, "status": "arrived"})

    # Then the visit is marked, and so it says
    assert answer.status_code == 302
    visit.refresh_from_db()
    assert visit.status == AppointmentStatus.ARRIVED
    assert "Arrived" in client.get(answer["Location"]).text
