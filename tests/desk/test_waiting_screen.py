"""The television of the waiting room: numbers and rooms in both languages, never a name, at a secret address."""

from datetime import timedelta

import pytest
from django.test import Client

from clinic.scheduling.models import WaitingScreen
from tests.desk.conftest import NOW, Clinic
from tests.factories.directory import RoomFactory
from tests.factories.scheduling import LatenessFactory, ReservationFactory, WaitingScreenFactory

SCREENS = "/admin/appointments/queue/screens/"


@pytest.fixture
def address(clinic: Clinic) -> str:
    return f"/waiting/{WaitingScreenFactory(location=clinic.location).key}/"


def test_a_called_number_is_shown_with_its_room_and_without_a_name(
    client: Client, clinic: Clinic, address: str
) -> None:
    visit = clinic.visit(
        status="called", token=41, token_day=NOW.date(), arrived_at=NOW, called_at=NOW - timedelta(seconds=5)
    )
    room = RoomFactory(name_en="Room 7", name_ar="غرفة ٧", location=clinic.location)
    ReservationFactory(resource=room, reason="appointment", appointment=visit)
    clinic.visit(minutes=120, status="arrived", token=42, token_day=NOW.date(), arrived_at=NOW)
    for path in (address, f"{address}board/"):
        answer = client.get(path)
        assert answer.status_code == 200
        for text in ("41", "42", "Room 7", "غرفة ٧", "Please come in", "10:00", "waiting__call--fresh"):
            assert text in answer.text, text
        for name in ("Layla", "Haddad", "ليلى", visit.reference, "+962", "Consultation"):
            assert name not in answer.text, name
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies


def test_the_screen_says_everything_in_both_languages(client: Client, clinic: Clinic, address: str) -> None:
    LatenessFactory(practitioner=clinic.salma, location=clinic.location, day=NOW.date(), minutes=25)
    page = client.get(address).text
    assert "is running about 25 minutes late." in page
    assert 'lang="ar" dir="rtl"' in page
    assert "Dr. Salma Nasser" in page
    assert clinic.salma.name_ar in page
    assert "Please take a seat." in page
    assert page.count("Please take a seat.") == 1, "once in each language"


def test_a_delay_of_yesterday_is_not_shown(client: Client, clinic: Clinic, address: str) -> None:
    LatenessFactory(practitioner=clinic.salma, location=clinic.location, day=NOW.date() - timedelta(days=1))
    assert "running" not in client.get(address).text


def test_an_address_that_nobody_gave_out_shows_nothing(client: Client, clinic: Clinic, address: str) -> None:
    for wrong in ("/waiting/nonsense/", "/waiting/nonsense/board/", f"{address}x/", "/waiting/", "/waiting/a%00b/"):
        assert client.get(wrong).status_code == 404, wrong
    assert client.post(address).status_code == 405


def test_reception_switches_a_screen_on_gives_it_a_new_address_and_off(
    desk: Client, client: Client, clinic: Clinic
) -> None:
    assert "This location has no screen." in desk.get(SCREENS).text
    desk.post(SCREENS, {"location": clinic.location.pk, "do": "open"})
    first = WaitingScreen.objects.get().key
    assert f"/waiting/{first}/" in desk.get(SCREENS).text
    page = desk.post(SCREENS, {"location": clinic.location.pk, "do": "open"}, follow=True).text
    assert "The screen of Abdali has a new address." in page
    assert client.get(f"/waiting/{first}/").status_code == 404
    assert client.get(f"/waiting/{WaitingScreen.objects.get().key}/").status_code == 200
    desk.post(SCREENS, {"location": clinic.location.pk, "do": "close"})
    assert not WaitingScreen.objects.exists()


def test_more_numbers_than_a_wall_can_show_are_counted(client: Client, clinic: Clinic, address: str) -> None:
    for number in range(26):
        clinic.visit(minutes=30 * number, status="arrived", token=number + 1, token_day=NOW.date(), arrived_at=NOW)
    page = client.get(address).text
    assert "<li>24</li>" in page
    assert "<li>25</li>" not in page
    assert "+2" in page
