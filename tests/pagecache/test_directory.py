"""The pages of the directory are stored, and a change of the directory stands on them with the next request."""

from datetime import timedelta
from typing import Any

import pytest

from clinic.directory.models import Location, Practitioner, Service, Specialty
from clinic.lib import clock
from tests.directory.hijri import show_hijri
from tests.factories.content import LocationPageFactory, LocationsIndexPageFactory
from tests.factories.directory import (
    ClosureFactory,
    LocationFactory,
    ServiceFactory,
    SpecialtyFactory,
    WorkingPractitionerFactory,
)
from tests.home.website import Website
from tests.pagecache.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ["doctors/", "doctors/salma/", "services/", "services/skin-check/", "doctors/?specialty=skin&language=ar"]


@pytest.fixture
def doctor(website: Website) -> Practitioner:
    specialty = SpecialtyFactory(slug="skin", name_en="Dermatology", name_ar="الجلدية")
    service = ServiceFactory(slug="skin-check", specialty=specialty, name_en="Skin check", name_ar="فحص الجلد")
    return WorkingPractitionerFactory(
        slug="salma",
        name_en="Dr. Salma Odeh",
        name_ar="د. سلمى عودة",
        languages=["ar", "en"],
        services=[service],
        specialties=[specialty],
        hours__location=LocationFactory(slug="amman"),
    )


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_directory_is_stored(doctor: Practitioner, visitor: Visitor, language: str, page: str) -> None:
    answers = [visitor.get(f"/{language}/{page}") for _time in range(3)]

    assert {answer.status for answer in answers} == {200}
    assert answers[-1].cache == "hit"


def test_what_changes_in_the_directory_is_read_with_the_next_request(doctor: Practitioner, visitor: Visitor) -> None:
    for page in PAGES * 2:
        visitor.get(f"/en/{page}")

    Practitioner.objects.filter(pk=doctor.pk).update(name_en="Dr. Salma Haddad")
    Service.objects.update(name_en="Skin examination")
    Specialty.objects.update(name_en="Skin and hair")

    assert "Dr. Salma Haddad" in visitor.get("/en/doctors/").text
    assert "Dr. Salma Haddad" in visitor.get("/en/doctors/?specialty=skin&language=ar").text
    assert "Skin examination" in visitor.get("/en/doctors/salma/").text
    assert "Skin and hair" in visitor.get("/en/services/").text
    assert "Dr. Salma Haddad" in visitor.get("/en/services/skin-check/").text


def test_holidays_get_their_hijri_dates_with_the_next_request(
    website: Website, doctor: Practitioner, visitor: Visitor
) -> None:
    index = website.page("locations", factory=LocationsIndexPageFactory)
    website.page("amman", parent=index, factory=LocationPageFactory, location=Location.objects.get(slug="amman"))
    tomorrow = clock.now().date() + timedelta(days=1)
    ClosureFactory(name_en="Independence Day", first_day=tomorrow, last_day=tomorrow)
    pages = [visitor.get("/en/locations/amman/") for _time in range(3)]
    assert pages[-1].cache == "hit"
    assert "Independence Day" in pages[-1].text
    assert "hijri" not in pages[-1].text

    show_hijri()

    assert 'class="hijri"' in visitor.get("/en/locations/amman/").text


@pytest.mark.parametrize("address", ["/en/doctors/salma/times/", "/en/next-free/?doctor=salma", "/en/next-free/"])
def test_free_times_are_never_stored(doctor: Practitioner, visitor: Visitor, memory: Any, address: str) -> None:
    assert [visitor.get(address).cache for _time in range(3)] == ["bypass"] * 3
    assert not memory.keys("iyada:pages:entry:*")


def test_a_filter_that_nobody_knows_is_not_stored(doctor: Practitioner, visitor: Visitor, memory: Any) -> None:
    assert visitor.get("/en/services/?specialty=alchemy").status == 302
    assert visitor.get("/en/doctors/?location=atlantis").status == 422
    assert not memory.keys("iyada:pages:entry:*")


def test_filters_left_empty_are_the_plain_list(doctor: Practitioner, visitor: Visitor) -> None:
    visitor.get("/en/doctors/")
    visitor.get("/en/doctors/")

    assert visitor.get("/en/doctors/?q=&specialty=&location=&language=&gender=").cache == "hit"
    assert "Doctors: Dermatology" in visitor.get("/en/doctors/?q=&specialty=skin&location=").text
