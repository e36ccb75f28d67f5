"""What one desk does, another sees within a second."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from clinic.accounts.models import User
from clinic.scheduling.actions import (
    Contact,
    book_appointment,
    cancel_appointment,
    change_status,
    hold_time,
    move_appointment,
    release_hold,
)
from clinic.scheduling.enums import BookingSource
from clinic.scheduling.models import Appointment
from tests.desk.conftest import NOW, Clinic
from tests.desk.live.conftest import Open
from tests.desk.live.page import EVERYTHING, LivePage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(opens: Open, clinic: Clinic, receptionist: User) -> LivePage:
    return opens(receptionist).settle()


def here(clinic: Clinic, what: str = "visits", day: str = "2026-11-23") -> dict[str, Any]:
    return {"what": what, "location": clinic.location.pk, "day": day}


def book(clinic: Clinic, *, minutes: int = 60) -> Appointment:
    return book_appointment(
        service=clinic.service,
        practitioner=clinic.salma,
        location=clinic.location,
        starts_at=NOW + timedelta(minutes=minutes),
        contact=Contact("Layla"),
        language="en",
        source=BookingSource.DESK,
        by=None,
        patient=clinic.layla,
        ignore_notice=True,
    )


def test_a_booking_at_one_desk_is_seen_at_another_within_a_second(page: LivePage, clinic: Clinic) -> None:
    book(clinic)
    assert page.change(within=1) == here(clinic)


def test_every_page_hears_it(page: LivePage, opens: Open, clinic: Clinic, receptionist: User) -> None:
    other = opens(receptionist).settle()
    book(clinic)
    assert page.change() == other.change() == here(clinic)


def test_a_visit_that_is_cancelled_or_arrives_is_seen_too(opens: Open, clinic: Clinic, receptionist: User) -> None:
    visits = [clinic.visit(minutes=10), clinic.visit(minutes=90)]
    page = opens(receptionist).settle()
    change_status(appointment=visits[0], status="arrived", by=receptionist)
    assert page.change() == here(clinic)
    cancel_appointment(appointment=visits[1], by=receptionist)
    assert page.change() == here(clinic)


def test_a_move_is_seen_on_the_day_it_leaves_and_on_the_day_it_goes_to(
    opens: Open, clinic: Clinic, receptionist: User
) -> None:
    visit = book(clinic)
    page = opens(receptionist).settle()
    move_appointment(appointment=visit, starts_at=visit.starts_at + timedelta(days=1), by=receptionist)
    changes = page.hear_until(lambda message: len(message["changes"]) == 2, within=1)["changes"]
    assert changes == [here(clinic), here(clinic, day="2026-11-24")]


def test_a_time_that_a_visitor_keeps_and_gives_back_is_seen(page: LivePage, clinic: Clinic) -> None:
    hold = hold_time(
        service=clinic.service,
        practitioner=clinic.salma,
        location=clinic.location,
        starts_at=NOW + timedelta(days=1),
        holder="somebody",
    )
    assert page.change() == here(clinic, what="holds", day="2026-11-24")
    release_hold(hold=hold)
    changes = page.hear(within=1)["changes"]
    assert {"what": "holds", "location": None, "day": None} in changes


def test_a_change_that_nobody_named_is_told_as_one_anywhere(opens: Open, clinic: Clinic, receptionist: User) -> None:
    visit = clinic.visit()
    page = opens(receptionist).settle()
    Appointment.objects.filter(pk=visit.pk).update(note="Brings a letter")
    assert page.change() == {"what": "visits", "location": None, "day": None}


def test_nothing_is_told_of_what_is_taken_back(page: LivePage, clinic: Clinic) -> None:
    with transaction.atomic():
        book(clinic)
        transaction.set_rollback(True)
    Appointment.objects.filter(pk=0).update(note="nobody")  # no row, no change
    book(clinic, minutes=24 * 60 + 60)
    assert page.change() == here(clinic, day="2026-11-24")


def test_many_changes_at_once_are_told_as_one(page: LivePage, clinic: Clinic) -> None:
    with transaction.atomic():
        for day in range(25):
            visit = clinic.visit(minutes=day * 24 * 60)
            cancel_appointment(appointment=visit, by=None)
    assert page.hear(within=1)["changes"] == [EVERYTHING]


def test_a_page_is_told_no_name_and_no_service(page: LivePage, clinic: Clinic) -> None:
    book(clinic)
    assert set(page.change()) == {"what", "location", "day"}
