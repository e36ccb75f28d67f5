"""Finding a doctor."""

import gzip
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic.directory.enums import Gender
from clinic.lib import clock
from tests.booking.conftest import SmallClinic
from tests.factories.content import ClinicImageFactory
from tests.factories.directory import LocationFactory, ServiceFactory, SpecialtyFactory, WorkingPractitionerFactory
from tests.factories.scheduling import ReservationFactory

# 10 for the doctors, their portraits and the filters, 2 for what editors wrote, 5 for the frame of every page.
QUERIES = 18
SOONEST_QUERIES = 18


@pytest.mark.parametrize(
    ("language", "direction", "name"), [("en", "ltr", "Dr. Salma Odeh"), ("ar", "rtl", "د. سلمى عودة")]
)
def test_a_visitor_sees_the_doctors_in_their_language(
    client: Client, small_clinic: SmallClinic, language: str, direction: str, name: str
) -> None:
    page = client.get(f"/{language}/doctors/")

    assert page.status_code == 200
    text = page.content.decode()
    assert f'lang="{language}"' in text
    assert f'dir="{direction}"' in text
    assert name in text


def test_a_card_leads_to_booking_and_keeps_a_place_for_the_next_free_time(
    client: Client, small_clinic: SmallClinic
) -> None:
    text = client.get("/en/doctors/?location=amman").content.decode()

    assert "/en/book/?doctor=salma-odeh" in text
    assert 'data-next-free-from="/en/next-free/?location=amman"' in text
    assert 'data-next-free="salma-odeh"' in text


@pytest.mark.parametrize(("language", "sentence"), [("en", "Please call us to book"), ("ar", "نرجو الاتصال بنا للحجز")])
def test_the_card_of_a_doctor_who_cannot_be_booked_says_so_itself(
    client: Client, small_clinic: SmallClinic, language: str, sentence: str
) -> None:
    small_clinic.doctor.services.clear()
    small_clinic.doctor.save()

    text = client.get(f"/{language}/doctors/").content.decode()

    assert sentence in text
    assert 'data-next-free="' not in text


@pytest.mark.parametrize("typed", ["salma", "ODEH", "سلمي", "عوده", "سَلمى عودة", "dermatology", "الامراض الجلديه"])
def test_a_name_is_found_in_either_script_as_people_type_it(
    client: Client, small_clinic: SmallClinic, typed: str
) -> None:
    WorkingPractitionerFactory(name_en="Dr. Omar Khalil", name_ar="د. عمر خليل", slug="omar")

    text = client.get("/en/doctors/", {"q": typed}).content.decode()

    assert "Dr. Salma Odeh" in text
    assert "Dr. Omar Khalil" not in text


@pytest.mark.parametrize(
    "query",
    [
        "specialty=dermatology",
        "service=skin-check",
        "location=amman",
        "language=fr",
        "gender=female",
        "q=salma&gender=female",
    ],
)
def test_each_filter_keeps_only_those_who_fit(client: Client, small_clinic: SmallClinic, query: str) -> None:
    small_clinic.doctor.languages = ["ar", "fr"]
    small_clinic.doctor.save()
    WorkingPractitionerFactory(
        name_en="Dr. Omar Khalil",
        slug="omar",
        gender=Gender.MALE,
        languages=["en"],
        specialties=[SpecialtyFactory()],
        hours__location=LocationFactory(),
    )

    text = client.get(f"/en/doctors/?{query}").content.decode()

    assert "1 doctor" in text
    assert "Dr. Salma Odeh" in text
    assert "Dr. Omar Khalil" not in text


@pytest.mark.parametrize(("language", "sentence"), [("en", "Next free:"), ("ar", "أقرب وقت")])
def test_the_soonest_free_doctor_stands_first_and_no_cache_keeps_the_list(
    client: Client, small_clinic: SmallClinic, language: str, sentence: str
) -> None:
    now = clock.now()
    ReservationFactory(resource=small_clinic.doctor, starts_at=now, ends_at=now + timedelta(days=4))
    WorkingPractitionerFactory(services=[], slug="never", hours__location=small_clinic.location)
    other = WorkingPractitionerFactory(services=[small_clinic.service], hours__location=small_clinic.location)

    page = client.get(f"/{language}/doctors/?order=soonest")

    names = [card.doctor.slug for card in page.context["cards"]]
    assert names == [other.slug, "salma-odeh", "never"]
    assert sentence in page.content.decode()
    assert "data-next-free=" not in page.content.decode()
    assert "no-store" in page["Cache-Control"]

    packed = client.get(f"/{language}/doctors/?order=soonest", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert sentence in gzip.decompress(packed.content).decode()


@pytest.mark.parametrize("doctors", [1, 3])
def test_the_soonest_order_costs_the_same_for_one_doctor_and_for_three(
    client: Client, small_clinic: SmallClinic, doctors: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(doctors - 1):
        WorkingPractitionerFactory(services=[small_clinic.service], hours__location=LocationFactory())

    client.get("/en/doctors/?order=soonest")
    with django_assert_num_queries(SOONEST_QUERIES):
        client.get("/en/doctors/?order=soonest")


def test_a_service_that_is_looked_for_leads_straight_to_its_times(client: Client, small_clinic: SmallClinic) -> None:
    small_clinic.doctor.services.add(ServiceFactory())
    small_clinic.doctor.save()

    text = client.get("/en/doctors/?service=skin-check&location=amman").content.decode()

    assert 'href="/en/book/skin-check/?doctor=salma-odeh"' in text
    assert 'data-next-free-from="/en/next-free/?service=skin-check&amp;location=amman"' in text


def test_where_nobody_fits_each_filter_can_be_taken_away(client: Client, small_clinic: SmallClinic) -> None:
    text = client.get("/en/doctors/?gender=male&specialty=dermatology").content.decode()

    assert "Without Dermatology" in text
    assert 'href="/en/doctors/?gender=male"' in text
    assert 'href="/en/doctors/?specialty=dermatology"' in text


def test_the_filters_stand_in_the_title_and_stay_chosen(client: Client, small_clinic: SmallClinic) -> None:
    text = client.get("/en/doctors/?specialty=dermatology&location=amman").content.decode()

    assert "Doctors: Dermatology, Amman branch" in text
    assert '<option value="dermatology" selected>' in text


def test_an_empty_list_says_what_to_do(client: Client, small_clinic: SmallClinic) -> None:
    page = client.get("/en/doctors/?q=nobody")

    assert page.status_code == 200
    text = page.content.decode()
    assert "No doctors found" in text
    assert "Take one of the filters away" in text
    assert "Show all doctors" in text


def test_a_doctor_who_left_is_not_shown(client: Client, small_clinic: SmallClinic) -> None:
    small_clinic.doctor.is_active = False
    small_clinic.doctor.save()

    assert "Dr. Salma Odeh" not in client.get("/en/doctors/").content.decode()
    assert client.get("/en/doctors/salma-odeh/").status_code == 404


@pytest.mark.parametrize("doctors", [1, 3])
def test_the_list_of_doctors_costs_the_same_for_one_and_for_three(
    client: Client, small_clinic: SmallClinic, doctors: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    small_clinic.doctor.portrait = ClinicImageFactory()
    small_clinic.doctor.save()
    for _number in range(doctors - 1):
        WorkingPractitionerFactory(
            services=[small_clinic.service],
            specialties=[small_clinic.service.specialty],
            hours__location=LocationFactory(),
            portrait=ClinicImageFactory(),
        )

    client.get("/en/doctors/?q=s&specialty=dermatology")  # the site stays in memory, renditions in the database
    with django_assert_num_queries(QUERIES):
        client.get("/en/doctors/?q=s&specialty=dermatology")


@pytest.mark.parametrize(("language", "hours"), [("en", "Sunday"), ("ar", "09:00–17:00")])
def test_a_profile_shows_hours_and_services_and_leads_to_the_free_times(
    client: Client, small_clinic: SmallClinic, language: str, hours: str
) -> None:
    text = client.get(f"/{language}/doctors/salma-odeh/").content.decode()

    assert hours in text
    assert f"/{language}/services/skin-check/" in text
    assert f'href="/{language}/book/?doctor=salma-odeh"' in text
    assert f'data-fragment="/{language}/doctors/salma-odeh/times/"' in text


@pytest.mark.parametrize(
    "address",
    [
        "/en/doctors/",
        "/ar/doctors/?gender=female",
        "/en/doctors/salma-odeh/",
        "/en/services/",
        "/en/services/skin-check/",
        "/en/book/",
        "/en/book/skin-check/",
    ],
)
def test_looking_around_sets_no_cookie(client: Client, small_clinic: SmallClinic, address: str) -> None:
    page = client.get(address)

    assert page.status_code == 200
    assert not page.cookies
    assert "Cookie" not in page.headers.get("Vary", "")
