"""Free times as pieces of pages that are stored without them."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic.booking.rules import DOCTORS_ASKED_AT_ONCE
from tests.booking.conftest import SmallClinic
from tests.factories.directory import LocationFactory, ServiceFactory, WorkingPractitionerFactory


@pytest.mark.parametrize(("language", "label"), [("en", "For which service"), ("ar", "لأي خدمة")])
def test_the_times_of_a_doctor_are_a_piece_of_a_page_with_buttons_that_keep_a_time(
    client: Client, small_clinic: SmallClinic, language: str, label: str
) -> None:
    answer = client.get(f"/{language}/doctors/salma-odeh/times/")

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in text
    assert label in text
    assert f'action="/{language}/book/skin-check/hold/"' in text
    assert small_clinic.choice().practitioner.slug in text
    assert 'name="slot"' in text


@pytest.mark.parametrize("address", ["/en/doctors/salma-odeh/times/", "/en/next-free/?doctor=salma-odeh"])
def test_free_times_are_kept_by_no_cache_and_set_no_cookie(
    client: Client, small_clinic: SmallClinic, address: str
) -> None:
    answer = client.get(address)

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert not answer.cookies
    assert client.post(address).status_code == 405


def test_a_time_of_the_piece_can_be_kept(client: Client, small_clinic: SmallClinic) -> None:
    table = client.get("/en/doctors/salma-odeh/times/").context["table"]
    offer = next(offer for day in table.days for place in day.places for offer in place.offers)

    answer = client.post("/en/book/skin-check/hold/", {"slot": offer.value})

    assert answer.status_code == 303
    assert "hold=" in answer["Location"]


def test_the_chosen_service_decides_the_times_and_other_days_lead_to_booking(
    client: Client, small_clinic: SmallClinic
) -> None:
    small_clinic.doctor.services.add(ServiceFactory(slug="mole-removal", name_en="Mole removal"))
    small_clinic.doctor.save()

    text = client.get("/en/doctors/salma-odeh/times/?service=mole-removal").content.decode()

    assert '<option value="mole-removal" selected>' in text
    assert 'action="/en/book/mole-removal/hold/"' in text
    assert 'href="/en/book/mole-removal/?doctor=salma-odeh&amp;from=' in text


@pytest.mark.parametrize(
    "query", ["service=other", "service=%00", "from=yesterday", "from=2026-02-31", "from=9999-12-31", "from=%D9%A1"]
)
def test_what_is_not_known_is_answered_with_the_usual_times(
    client: Client, small_clinic: SmallClinic, query: str
) -> None:
    answer = client.get(f"/ar/doctors/salma-odeh/times/?{query}")

    assert answer.status_code == 200
    assert answer.context["service"] == small_clinic.service


def test_a_doctor_without_services_has_a_sentence_in_place_of_times(client: Client, small_clinic: SmallClinic) -> None:
    small_clinic.doctor.services.clear()
    small_clinic.doctor.save()

    assert "cannot be booked on the site" in client.get("/en/doctors/salma-odeh/times/").content.decode()


def test_a_doctor_who_left_has_no_times(client: Client, small_clinic: SmallClinic) -> None:
    small_clinic.doctor.is_active = False
    small_clinic.doctor.save()

    assert client.get("/en/doctors/salma-odeh/times/").status_code == 404
    assert client.get("/en/next-free/?doctor=salma-odeh").json() == {}


@pytest.mark.parametrize(
    ("language", "begins", "branch"), [("en", "Next free:", "Amman branch"), ("ar", "أقرب وقت", "فرع عمّان")]
)
def test_the_next_free_time_is_a_sentence_with_the_branch_where_there_are_several(
    client: Client, small_clinic: SmallClinic, language: str, begins: str, branch: str
) -> None:
    sentence = client.get(f"/{language}/next-free/?doctor=salma-odeh").json()["salma-odeh"]

    assert begins in sentence
    assert "<time" in sentence
    assert branch not in sentence
    add_hours_elsewhere(small_clinic)
    asked = f"/{language}/next-free/?doctor=salma-odeh&location=amman&service=skin-check"
    assert branch in client.get(asked).json()["salma-odeh"]


def add_hours_elsewhere(small_clinic: SmallClinic) -> None:
    other = LocationFactory(slug="irbid", name_en="Irbid branch", name_ar="فرع إربد")
    hours = small_clinic.doctor.working_hours.first()
    assert hours
    hours.pk, hours.location, hours.weekday = None, other, 7
    small_clinic.doctor.working_hours.filter(weekday=7).delete()
    hours.save()


def test_at_a_location_only_its_times_count(client: Client, small_clinic: SmallClinic) -> None:
    LocationFactory(slug="irbid")

    sentence = client.get("/en/next-free/?doctor=salma-odeh&location=irbid").json()["salma-odeh"]

    assert "No free times in the coming weeks" in sentence


def test_a_doctor_without_services_is_booked_by_telephone(client: Client, small_clinic: SmallClinic) -> None:
    WorkingPractitionerFactory(slug="omar", services=[])

    assert "Please call us to book" in client.get("/en/next-free/?doctor=omar").json()["omar"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "doctor=",
        "doctor=%00&doctor=nobody",
        "doctor=" + "a" * 5000,
        "service=%00&location=%00",
        "doctor=' OR 1=1 --",
        "&".join(["doctor=nobody"] * DOCTORS_ASKED_AT_ONCE) + "&doctor=salma-odeh",
    ],
)
def test_who_is_not_known_or_one_too_many_is_left_out(client: Client, small_clinic: SmallClinic, query: str) -> None:
    answer = client.get(f"/en/next-free/?{query}")

    assert (answer.status_code, answer.json()) == (200, {})


@pytest.mark.parametrize("odd", ["service=%00", "location=%00", "service=nothing&location=nowhere", "page=x"])
def test_odd_filters_of_the_next_free_time_are_left_out(client: Client, small_clinic: SmallClinic, odd: str) -> None:
    assert "Next free:" in client.get(f"/en/next-free/?doctor=salma-odeh&{odd}").json()["salma-odeh"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_next_free_times_cost_the_same_for_one_doctor_and_for_three(
    client: Client, small_clinic: SmallClinic, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    doctors: list[Any] = [
        small_clinic.doctor,
        *(
            WorkingPractitionerFactory(services=[small_clinic.service], hours__location=LocationFactory())
            for _number in range(number - 1)
        ),
    ]
    query = "&".join(f"doctor={each.slug}" for each in doctors)

    client.get("/en/next-free/")  # the site stays in memory
    # the doctors, their hours, their services, the locations, the service, the times
    with django_assert_num_queries(6):
        found = client.get(f"/en/next-free/?{query}&service=skin-check&location=amman").json()
    assert len(found) == number
