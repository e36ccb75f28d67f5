"""What can be booked."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.booking.conftest import SmallClinic
from tests.factories.directory import ServiceFactory, WorkingPractitionerFactory


@pytest.mark.parametrize(
    ("language", "name", "length"), [("en", "Skin check", "30 minutes"), ("ar", "فحص الجلد", "30")]
)
def test_services_stand_under_their_specialty_with_their_length(
    client: Client, small_clinic: SmallClinic, language: str, name: str, length: str
) -> None:
    text = client.get(f"/{language}/services/").content.decode()

    assert name in text
    assert length in text
    assert f"/{language}/book/skin-check/" in text


def test_a_service_tells_how_to_prepare_and_who_offers_it(client: Client, small_clinic: SmallClinic) -> None:
    text = client.get("/en/services/skin-check/").content.decode()

    assert "Come without make-up." in text
    assert "Dr. Salma Odeh" in text
    assert 'data-next-free-from="/en/next-free/?service=skin-check"' in text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_specialty_that_nobody_knows_leads_to_all_services(
    client: Client, small_clinic: SmallClinic, language: str
) -> None:
    answer = client.get(f"/{language}/services/?specialty=alchemy")

    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/services/")
    assert client.get(f"/{language}/services/?specialty=dermatology").status_code == 200
    assert client.get(f"/{language}/services/?specialty=").status_code == 200


def test_a_service_of_the_desk_alone_is_not_on_the_site(client: Client, small_clinic: SmallClinic) -> None:
    ServiceFactory(slug="inside", is_public=False, name_en="Inside only")

    assert "Inside only" not in client.get("/en/services/").content.decode()
    assert client.get("/en/services/inside/").status_code == 404
    assert client.get("/en/book/inside/").status_code == 404


def test_booking_begins_with_the_services_that_somebody_offers(client: Client, small_clinic: SmallClinic) -> None:
    ServiceFactory(name_en="Offered by nobody")

    text = client.get("/en/book/").content.decode()

    assert "Skin check" in text
    assert "Offered by nobody" not in text


def test_a_doctor_with_one_service_leads_straight_to_the_times(client: Client, small_clinic: SmallClinic) -> None:
    answer = client.get("/en/book/?doctor=salma-odeh")

    assert answer.status_code == 302
    assert answer["Location"] == "/en/book/skin-check/?doctor=salma-odeh"


def test_a_doctor_with_two_services_lets_the_visitor_choose(client: Client, small_clinic: SmallClinic) -> None:
    small_clinic.doctor.services.add(ServiceFactory(name_en="Mole removal"))
    small_clinic.doctor.save()
    ServiceFactory(name_en="Done by others")

    text = client.get("/en/book/?doctor=salma-odeh").content.decode()

    assert "Mole removal" in text
    assert "Done by others" not in text


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_services_costs_the_same_for_one_and_for_three(
    client: Client, small_clinic: SmallClinic, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(number - 1):
        ServiceFactory()

    client.get("/en/services/")  # content types and the site stay in memory
    with django_assert_num_queries(9):
        client.get("/en/services/")


@pytest.mark.parametrize("number", [1, 3])
def test_a_service_costs_the_same_for_one_doctor_and_for_three(
    client: Client, small_clinic: SmallClinic, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(number - 1):
        WorkingPractitionerFactory(services=[small_clinic.service], hours__location=small_clinic.location)

    client.get("/en/services/skin-check/")  # content types and the site stay in memory
    with django_assert_num_queries(13):
        client.get("/en/services/skin-check/")
