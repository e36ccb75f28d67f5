"""A visitor asks for a time that is not free, and answers the offer."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from clinic.lib import clock
from clinic.scheduling.models import Appointment, WaitlistEntry, WaitlistOffer
from clinic.scheduling.waitlist.links import entry_token, offer_token
from clinic.scheduling.waitlist.offers import work_through
from tests.booking.conftest import TYPED, SmallClinic
from tests.factories.waitlist import WaitlistEntryFactory

EVENING = {"earliest": "16:00", "latest": "18:00"}


def wish(**changes: Any) -> dict[str, Any]:
    today = clock.now().date()
    days = {"first_day": (today + timedelta(days=1)).isoformat(), "last_day": (today + timedelta(days=9)).isoformat()}
    return {**TYPED, **days, "key": "a-form-of-ours", **changes}


@pytest.fixture
def offer(small_clinic: SmallClinic) -> WaitlistOffer:
    today = clock.now().date()
    WaitlistEntryFactory(
        service=small_clinic.service,
        first_day=today + timedelta(days=2),
        last_day=today + timedelta(days=9),
        contact_email="layla@patients.example",
    )
    work_through()
    return WaitlistOffer.objects.get()


@pytest.mark.parametrize(
    ("language", "asks", "waits"),
    [
        ("en", "Put me on the waitlist", "You are on the waitlist"),
        ("ar", "أضيفوني إلى قائمة الانتظار", "أنتم على قائمة الانتظار"),
    ],
)
def test_from_the_free_times_onto_the_waitlist(
    client: Client, small_clinic: SmallClinic, language: str, asks: str, waits: str
) -> None:
    times = client.get(f"/{language}/book/skin-check/?doctor=salma-odeh")
    assert f"/{language}/book/skin-check/waitlist/?doctor=salma-odeh" in times.text
    form = client.get(f"/{language}/book/skin-check/waitlist/?doctor=salma-odeh")
    assert asks in form.text
    assert '<option value="salma-odeh" selected>' in form.text

    answer = client.post(
        f"/{language}/book/skin-check/waitlist/",
        wish(practitioner="salma-odeh", weekdays=["7", "1"], **EVENING),
        follow=True,
    )

    assert waits in answer.text
    assert "l•••@patients.example" in answer.text
    entry = WaitlistEntry.objects.get()
    assert (entry.practitioner, entry.location, entry.weekdays) == (small_clinic.doctor, None, [1, 7])
    assert (f"{entry.earliest:%H:%M}", f"{entry.latest:%H:%M}", entry.language) == ("16:00", "18:00", language)
    assert entry.contact_phone == "+962791234567"


def test_the_same_form_twice_is_one_entry(client: Client, small_clinic: SmallClinic) -> None:
    answers = [client.post("/en/book/skin-check/waitlist/", wish()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert WaitlistEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"first_day": "2026-13-45"}, "Choose the first day."),
        ({"last_day": "2020-01-01"}, "This day has passed. Choose a later one."),
        ({"last_day": "2999-01-01"}, "This day is too far ahead. Choose one within half a year."),
        ({"first_day": "2999-01-01"}, "The last day must not come before the first."),
        ({"earliest": "18:00", "latest": "16:00"}, "The end must not come before the beginning."),
        ({"earliest": "soon"}, "Write the time as 14:30."),
        ({"email": ""}, "Enter an e-mail address: the free time is offered there."),
        ({"name": "\0"}, "Null characters are not allowed."),
        ({"practitioner": "nobody\0"}, "Select a valid choice"),
        ({"weekdays": ["9"]}, "Select a valid choice"),
        ({"company": "Robots Ltd"}, "Please send the form again with the last field empty."),
    ],
)
def test_what_is_at_fault_is_said_and_the_rest_is_kept(
    client: Client, small_clinic: SmallClinic, typed: dict[str, Any], fault: str
) -> None:
    page = client.post("/en/book/skin-check/waitlist/", wish(**typed))
    assert page.status_code == 422
    assert fault in page.text
    assert "079 123 4567" in page.text
    assert not WaitlistEntry.objects.exists()


def test_nobody_fills_the_list_under_one_number(client: Client, small_clinic: SmallClinic) -> None:
    WaitlistEntryFactory.create_batch(5, contact_phone="+962791234567")
    page = client.post("/en/book/skin-check/waitlist/", wish())
    assert page.status_code == 422
    assert "You are waiting for several times already." in page.text


def test_looking_at_an_offer_changes_nothing(client: Client, offer: WaitlistOffer) -> None:
    page = client.get(f"/en/book/offer/{offer_token(offer)}/")
    assert "A time has become free" in page.text
    assert "no-store" in page["Cache-Control"]
    offer.refresh_from_db()
    assert offer.status == "open"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_accepting_leads_to_the_booked_visit(client: Client, offer: WaitlistOffer, language: str) -> None:
    address = f"/{language}/book/offer/{offer_token(offer)}/"
    answer = client.post(address, {"answer": "accept"}, follow=True)
    assert answer.redirect_chain[-1][0].startswith(f"/{language}/book/visit/")
    assert Appointment.objects.get().spoken_reference in answer.text
    assert client.get(address).status_code == 200
    assert client.post(address, {"answer": "accept"}, follow=True).status_code == 200
    assert Appointment.objects.count() == 1


def test_declining_keeps_the_place_on_the_list(client: Client, offer: WaitlistOffer) -> None:
    page = client.post(f"/en/book/offer/{offer_token(offer)}/", {"answer": "decline"}, follow=True)
    assert "You keep your place on the waitlist." in page.text
    assert WaitlistEntry.objects.get().status == "waiting"


def test_an_offer_that_is_over_is_said_kindly_and_books_nothing(
    client: Client, offer: WaitlistOffer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: offer.expires_at)
    address = f"/en/book/offer/{offer_token(offer)}/"
    assert client.get(address).status_code == 410
    page = client.post(address, {"answer": "accept"})
    assert page.status_code == 409
    assert "The time for an answer is over" in page.text
    assert not Appointment.objects.exists()


def test_leaving_the_list_by_the_link(client: Client, offer: WaitlistOffer) -> None:
    address = f"/en/book/waitlist/{entry_token(offer.entry)}/"
    assert "You are on the waitlist" in client.get(address).text
    assert "You are not on the waitlist any more" in client.post(address, follow=True).text
    assert WaitlistOffer.objects.get().status == "declined"


@pytest.mark.parametrize("place", ["offer", "waitlist"])
def test_a_stranger_learns_nothing(client: Client, offer: WaitlistOffer, place: str) -> None:
    wrong = {"offer": entry_token(offer.entry), "waitlist": offer_token(offer)}[place]
    for token in (wrong, offer.reference, "x.y"):
        for answer in (client.get(f"/en/book/{place}/{token}/"), client.post(f"/en/book/{place}/{token}/")):
            assert answer.status_code == 404
    assert WaitlistOffer.objects.get().status == "open"
    assert client.get("/en/book/no-such-service/waitlist/").status_code == 404
