from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic.accounts.models import User
from clinic.scheduling.enums import AppointmentStatus
from tests.desk.conftest import NOW, Clinic
from tests.factories.directory import LocationFactory, RoomFactory
from tests.factories.patients import PatientFactory
from tests.factories.scheduling import ReservationFactory

DAY = "/admin/appointments/"
QUERIES = 16


def test_today_shows_who_comes_when_to_whom_where(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit()
    room = RoomFactory(name_en="Room 7", location=clinic.location)
    ReservationFactory(resource=room, reason="appointment", appointment=visit)
    page = desk.get(DAY).text
    for text in (
        "11:00",
        "Layla Haddad",
        clinic.layla.file_number,
        "Dr. Salma Nasser",
        "Room 7",
        "Booked",
        "On the site",
    ):
        assert text in page
    assert '<a class="iyada-phone" dir="ltr" href="tel:+962791234567">+962 7 9123 4567</a>' in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries_for_each_length(
    desk: Client, clinic: Clinic, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        clinic.visit(minutes=60 * (number + 1), patient=PatientFactory())
    desk.get(DAY)
    with django_assert_num_queries(QUERIES):
        page = desk.get(DAY)
    assert page.text.count("iyada-row--booked") == count


def test_tomorrow_is_not_today(desk: Client, clinic: Clinic) -> None:
    clinic.visit(minutes=24 * 60)
    assert "Layla Haddad" not in desk.get(DAY).text
    assert "Layla Haddad" in desk.get(DAY, {"day": "2026-11-24"}).text
    assert "Layla Haddad" in desk.get(DAY, {"span": "7"}).text


def test_a_day_follows_the_wall_clock_of_its_location(desk: Client, clinic: Clinic) -> None:
    tokyo = LocationFactory(time_zone="Asia/Tokyo")
    # 16:00 in Amman is 23:00 in Tokyo; an hour and a half later Tokyo has the next day.
    clinic.visit(minutes=6 * 60, location=tokyo)
    clinic.visit(minutes=8 * 60, location=tokyo, patient=PatientFactory(name_en="Yousef Mansour"))
    page = desk.get(DAY).text
    assert "Layla Haddad" in page
    assert "Yousef Mansour" not in page


@pytest.mark.parametrize(
    ("query", "is_shown"),
    [
        ({"status": "booked"}, True),
        ({"status": "arrived"}, False),
        ({"q": "layla"}, True),
        ({"q": "ليلي"}, True),
        ({"q": "079 123 4567"}, True),
        ({"q": "rania"}, False),
    ],
)
def test_filters_narrow_the_list(desk: Client, clinic: Clinic, query: dict[str, str], is_shown: bool) -> None:
    clinic.visit()
    assert ("Layla Haddad" in desk.get(DAY, query).text) is is_shown


def test_filters_by_practitioner_and_location(desk: Client, clinic: Clinic) -> None:
    clinic.visit()
    assert "Layla Haddad" in desk.get(DAY, {"practitioner": clinic.salma.pk, "location": clinic.location.pk}).text
    assert "Layla Haddad" not in desk.get(DAY, {"practitioner": clinic.omar.pk}).text
    assert "Layla Haddad" not in desk.get(DAY, {"location": LocationFactory().pk}).text


def test_a_search_reaches_over_all_days_and_finds_references(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit(minutes=60 * 24 * 20)
    assert "Layla Haddad" in desk.get(DAY, {"q": visit.spoken_reference.lower()}).text


@pytest.mark.parametrize(
    "query", [{"day": "nonsense"}, {"span": "x"}, {"location": "999"}, {"p": "77"}, {"q": "\x00%"}]
)
def test_nonsense_in_the_address_is_left_out(desk: Client, clinic: Clinic, query: dict[str, str]) -> None:
    clinic.visit()
    assert desk.get(DAY, query).status_code == 200


def test_an_empty_day_says_so(desk: Client, clinic: Clinic) -> None:
    assert "No appointments on these days with these filters." in desk.get(DAY).text
    assert "No appointment fits" in desk.get(DAY, {"q": "nobody"}).text


def test_now_stands_between_what_was_and_what_comes(desk: Client, clinic: Clinic) -> None:
    clinic.visit(minutes=-60, patient=PatientFactory(name_en="Early Bird"))
    clinic.visit(minutes=60, patient=PatientFactory(name_en="Late Riser"))
    page = desk.get(DAY).text
    assert page.index("Early Bird") < page.index("iyada-now") < page.index("Late Riser")


def test_counts_by_status_and_pages_of_sixty(desk: Client, clinic: Clinic) -> None:
    for number in range(61):
        clinic.visit(minutes=5 + number, status=AppointmentStatus.CANCELLED)
    page = desk.get(DAY).text
    assert "<b>61</b>" in page
    assert "Page 1 of 2" in page
    assert desk.get(DAY, {"p": "2"}).text.count("iyada-row--cancelled") == 1


def test_the_first_page_after_sign_in_shows_today_and_who_comes_next(desk: Client, clinic: Clinic) -> None:
    clinic.visit(minutes=30)
    clinic.visit(minutes=-120, patient=PatientFactory(name_en="Long Gone"))
    page = desk.get("/admin/").text
    assert "Next arrivals" in page
    assert "Layla Haddad" in page
    assert "Long Gone" not in page
    assert "csrfmiddlewaretoken" in page


def test_the_list_speaks_arabic_from_right_to_left(client: Client, receptionist: User, clinic: Clinic) -> None:
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(receptionist)
    profile.preferred_language = "ar"
    profile.save()
    clinic.visit()
    client.force_login(receptionist)
    page = client.get(DAY).text
    assert '<html lang="ar" dir="rtl"' in page
    assert "ليلى حداد" in page
    assert 'dir="ltr" href="tel:+962791234567"' in page


def test_a_week_is_grouped_by_day(desk: Client, clinic: Clinic) -> None:
    for days in range(3):
        clinic.visit(minutes=60 + days * 24 * 60, patient=PatientFactory())
    page = desk.get(DAY, {"span": "7"}).text
    assert [f"{NOW + timedelta(days=days):%A}" in page for days in range(3)] == [True] * 3
    assert page.count('class="iyada-day"') == 3
