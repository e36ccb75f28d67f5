"""The setting of Hijri dates: who changes it, what it may say, and that reading it writes nothing."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from clinic.accounts.enums import Role
from clinic.directory.hijri import hijri_days, hijri_months, hijri_number
from clinic.directory.models import HijriSetting
from tests.accounts.cast import person
from tests.directory.hijri import show_hijri
from tests.factories.directory import ClosureFactory

pytestmark = pytest.mark.django_db
RAMADAN = date(2026, 2, 18)


def signed_in(client: Client, role: Role) -> Client:
    client.force_login(person("somebody", role=role))
    return client


def address() -> str:
    return f"/admin/settings/directory/hijrisetting/{HijriSetting.objects.get().pk}/"


def test_an_administrator_says_that_they_are_shown_and_when_months_begin(client: Client) -> None:
    office = signed_in(client, Role.ADMINISTRATOR)
    assert "a day later than calculated" in office.get(address()).content.decode()

    answer = office.post(address(), {"is_shown": "on", "shift": "-1"})

    assert answer.status_code == 302
    assert hijri_days(RAMADAN) == "29 Shaban 1447 AH"


@pytest.mark.parametrize("shift", ["3", "-3", "soon", "99999", ""])
def test_another_shift_comes_back_with_its_fault(client: Client, shift: str) -> None:
    answer = signed_in(client, Role.ADMINISTRATOR).post(address(), {"is_shown": "on", "shift": shift})

    assert answer.status_code == 200
    assert not HijriSetting.objects.filter(is_shown=True).exists()


@pytest.mark.parametrize("role", [each for each in Role if each != Role.ADMINISTRATOR])
def test_nobody_else_changes_it(client: Client, role: Role) -> None:
    answer = signed_in(client, role).post(address(), {"is_shown": "on", "shift": "1"})

    assert answer.status_code in (302, 403, 404)
    assert not HijriSetting.objects.filter(is_shown=True).exists()


def test_a_stranger_is_led_to_the_sign_in_and_changes_nothing(client: Client) -> None:
    assert client.get(address())["Location"].startswith("/admin/login/")
    assert client.post(address(), {"is_shown": "on", "shift": "1"})["Location"].startswith("/admin/login/")
    assert not HijriSetting.objects.filter(is_shown=True).exists()


def test_the_database_takes_two_days_and_no_more_and_one_row_alone() -> None:
    show_hijri()
    for shift in (-2, 2):
        HijriSetting.objects.update(shift=shift)
    for shift in (-3, 3):
        with pytest.raises(IntegrityError, match="hijri_months_begin_within_two_days"), transaction.atomic():
            HijriSetting.objects.update(shift=shift)
    with pytest.raises(IntegrityError, match="one_hijri_setting"), transaction.atomic():
        HijriSetting.objects.create()


def test_a_request_asks_once_however_many_days_it_shows(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    show_hijri()
    request = RequestFactory().get("/")
    with django_assert_num_queries(1):
        assert hijri_days(RAMADAN, request=request) == "1 Ramadan 1447 AH"
        assert hijri_months(RAMADAN, date(2026, 3, 31), request=request) == "Ramadan – Shawwal 1447 AH"
        assert hijri_number(RAMADAN, request=request) == "1"


def test_without_a_row_nothing_is_shown_and_none_is_written(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    HijriSetting.objects.all().delete()
    request = RequestFactory().get("/")
    with django_assert_num_queries(1):
        said = [hijri_days(RAMADAN, request=request), hijri_number(RAMADAN, request=request)]
    assert said == ["", ""]
    assert not HijriSetting.objects.exists()


def test_the_list_of_holidays_tells_their_days_by_both_calendars(client: Client) -> None:
    ClosureFactory(first_day=date(2026, 3, 20), last_day=date(2026, 3, 22))
    office = signed_in(client, Role.ADMINISTRATOR)
    assert 'class="hijri"' not in office.get("/admin/closure/").content.decode()

    show_hijri()

    page = office.get("/admin/closure/").content.decode()
    assert "1 Shawwal 1447 AH" in page
    assert "3 Shawwal 1447 AH" in page
