"""Nobody fills the clinic's calendar from one chair, and nobody else is turned away for it."""

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from clinic.scheduling.models import Appointment
from tests.booking.conftest import TYPED, SmallClinic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_an_hour(settings: LazySettings) -> None:
    cache.clear()
    settings.BOOKINGS_PER_VISITOR = 2


def book(client: Client, clinic: SmallClinic, number: int) -> int:
    typed = {**clinic.choice().fields, **TYPED, "phone": f"079 123 456{number}"}
    return client.post("/en/book/skin-check/details/", typed).status_code


def test_one_connection_books_so_many_visits_an_hour_whatever_it_types(small_clinic: SmallClinic) -> None:
    visitor = Client(REMOTE_ADDR="192.0.2.7")

    assert [book(visitor, small_clinic, number) for number in range(4)] == [303, 303, 429, 429]
    assert Appointment.objects.count() == 2


def test_a_forged_header_makes_nobody_another_visitor(small_clinic: SmallClinic) -> None:
    visitors = [Client(REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": f"203.0.113.{end}"}) for end in range(3)]

    assert [book(each, small_clinic, number) for number, each in enumerate(visitors)] == [303, 303, 429]


def test_others_go_on_booking(small_clinic: SmallClinic) -> None:
    for number in range(3):
        book(Client(REMOTE_ADDR="192.0.2.7"), small_clinic, number)

    assert book(Client(REMOTE_ADDR="192.0.2.8"), small_clinic, 5) == 303


def test_a_proxy_that_nobody_declared_is_no_visitor(small_clinic: SmallClinic) -> None:
    assert [book(Client(REMOTE_ADDR="127.0.0.1"), small_clinic, number) for number in range(3)] == [303] * 3
