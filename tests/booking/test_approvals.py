"""Asking for a visit that the clinic approves, as the patient sees it."""

import pytest
from django.test import Client

from clinic.lib import clock
from clinic.scheduling.actions import cancel_appointment, expire_requests, refuse_appointment
from clinic.scheduling.links import cancel_token, view_token
from clinic.scheduling.models import Appointment
from tests.booking.conftest import TYPED, SmallClinic
from tests.factories.accounts import UserFactory


@pytest.fixture
def careful_clinic(small_clinic: SmallClinic) -> SmallClinic:
    """The clinic approves each skin check."""
    small_clinic.service.needs_approval = True
    small_clinic.service.save(update_fields=["needs_approval"])
    return small_clinic


def seen(client: Client, visit: Appointment, language: str = "en") -> str:
    page = client.get(f"/{language}/book/visit/{view_token(visit)}/")
    assert page.status_code == 200
    return page.text


@pytest.mark.parametrize(
    ("language", "button", "title"),
    [
        ("en", "Ask for this visit", "Waiting for the clinic"),
        ("ar", "طلب هذه الزيارة", "بانتظار رد العيادة"),
    ],
)
def test_a_visitor_asks_and_is_told_that_nothing_is_booked_yet(
    client: Client, careful_clinic: SmallClinic, language: str, button: str, title: str
) -> None:
    choice = careful_clinic.choice()
    address = f"/{language}/book/skin-check/details/"
    assert button in client.get(address, choice.fields).text

    page = client.post(address, {**choice.fields, **TYPED}, follow=True)

    assert Appointment.objects.get().status == "pending"
    assert title in page.text
    assert "visit.ics" not in page.text


def test_a_request_is_taken_back_by_its_link(client: Client, careful_clinic: SmallClinic) -> None:
    visit = careful_clinic.book()
    address = f"/en/book/cancel/{cancel_token(visit)}/"
    assert "Take this request back?" in client.get(address).text

    client.post(address, {"reason": ""})

    visit.refresh_from_db()
    assert (visit.status, visit.ending) == ("cancelled", "")


def test_the_page_of_a_refused_request_says_why(client: Client, careful_clinic: SmallClinic) -> None:
    visit = careful_clinic.book()
    refuse_appointment(appointment=visit, reason="Please <send> a referral.", by=UserFactory())

    page = seen(client, visit)

    assert "The clinic cannot give you this visit" in page
    assert "Please &lt;send&gt; a referral." in page


def test_the_page_of_a_request_that_ended_by_itself_says_so(client: Client, careful_clinic: SmallClinic) -> None:
    visit = careful_clinic.book()
    Appointment.objects.update(approve_by=clock.now())
    expire_requests()

    assert "Your request was not answered in time" in seen(client, visit)


def test_what_staff_write_about_a_cancellation_is_never_shown(client: Client, small_clinic: SmallClinic) -> None:
    visit = small_clinic.book()
    cancel_appointment(appointment=visit, by=UserFactory(), reason="Rude on the phone")

    assert "Rude" not in seen(client, visit)
