"""Hijri dates at the desk. The clinic stands on Monday 23 November 2026, 13 Jumada al-Akhirah 1448."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from clinic.accounts.enums import Role
from clinic.accounts.models import User
from tests.accounts.cast import person
from tests.desk.conftest import Clinic, signed_in
from tests.desk.test_holidays import EID, calendar, upload
from tests.directory.hijri import show_hijri
from tests.factories.directory import HoursTemplateFactory, RoomFactory


@pytest.fixture
def pages(clinic: Clinic) -> dict[str, str]:
    """Addresses, with what each of them says of its days."""
    room = RoomFactory(location=clinic.location)
    HoursTemplateFactory(location=clinic.location, first_day=date(2027, 2, 8), last_day=date(2027, 3, 8))
    today, week = "13 Jumada al-Akhirah 1448 AH", "11 – 17 Jumada al-Akhirah 1448 AH"
    return {
        reverse("desk:index"): today,
        reverse("desk:visit", args=[clinic.visit().reference]): today,
        reverse("desk:board"): today,
        f"{reverse('desk:board')}?view=week": " – ",
        reverse("desk_places:week", args=[room.pk]): week,
        reverse("desk_hours:index"): "1 – 29 Ramadan 1448 AH",
    }


def test_the_days_of_the_desk_are_told_by_both_calendars(desk: Client, pages: dict[str, str]) -> None:
    show_hijri()
    for address, words in pages.items():
        page = desk.get(address).content.decode()
        assert 'class="hijri"' in page, address
        assert words in page, address


def test_in_arabic_they_are_arabic(desk: Client, receptionist: User, pages: dict[str, str]) -> None:
    show_hijri()
    UserProfile.objects.update_or_create(user=receptionist, defaults={"preferred_language": "ar"})
    for address in pages:
        assert " هـ</bdi>" in desk.get(address).content.decode(), address


def test_where_the_clinic_does_not_ask_for_them_there_is_no_trace(desk: Client, pages: dict[str, str]) -> None:
    assert not [address for address in pages if 'class="hijri"' in desk.get(address).content.decode()]


def test_holidays_of_a_calendar_are_told_by_both_before_they_are_entered(clinic: Clinic) -> None:
    show_hijri()
    page = upload(signed_in(person("amal", role=Role.ADMINISTRATOR)), calendar(EID)).content.decode()
    assert "14 – 16 Dhu al-Hijjah 1448 AH" in page
