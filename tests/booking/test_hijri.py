"""Hijri dates where visitors book."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from clinic.lib import clock
from clinic.lib.hijri import days_in_words, in_hijri, months_in_words
from clinic.scheduling.links import view_token
from tests.booking.conftest import SmallClinic
from tests.directory.hijri import show_hijri

VIEWS = ["", "day/", "month/"]
AH = {"en": "AH</bdi>", "ar": "هـ</bdi>"}


def tomorrow(small_clinic: SmallClinic) -> date:
    return clock.local_day(clock.now(), small_clinic.location.time_zone) + timedelta(days=1)


def steps(client: Client, small_clinic: SmallClinic, language: str) -> Iterator[str]:
    """The details, and the visit once it is booked."""
    with override(language):
        details = small_clinic.choice().details_url()
    yield client.get(details).content.decode()
    token = view_token(small_clinic.book(language=language))
    yield client.get(f"/{language}/book/visit/{token}/").content.decode()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_days_and_visits_are_told_by_both_calendars(client: Client, small_clinic: SmallClinic, language: str) -> None:
    show_hijri()
    day = tomorrow(small_clinic)

    for view in VIEWS:
        page = client.get(f"/{language}/book/skin-check/{view}?from={day}").content.decode()
        assert AH[language] in page
        if language == "en":
            assert days_in_words(day, day) in page
    for page in steps(client, small_clinic, language):
        assert page.count(AH[language]) == 1


def test_a_month_names_the_hijri_months_that_it_covers_and_numbers_its_days(
    client: Client, small_clinic: SmallClinic
) -> None:
    show_hijri(shift=-1)
    first = (tomorrow(small_clinic) + timedelta(days=31)).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    page = client.get(f"/en/book/skin-check/month/?from={first}").content.decode()

    known = in_hijri(first, shift=-1)
    assert known is not None
    assert months_in_words(first, last, shift=-1) in page
    assert f'aria-hidden="true">1 <bdi class="hijri">{known[2]}</bdi></span>' in page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_where_the_clinic_does_not_ask_for_them_there_is_no_trace(
    client: Client, small_clinic: SmallClinic, language: str
) -> None:
    pages = [client.get(f"/{language}/book/skin-check/{view}").content.decode() for view in VIEWS]
    pages += steps(client, small_clinic, language)
    assert not [page for page in pages if "hijri" in page]


def asked(client: Client, address: str) -> int:
    """How often the page asks for the setting."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len([query for query in queries if "hijrisetting" in query["sql"]])


def test_a_page_with_dates_asks_once_whether_it_shows_them_or_not(client: Client, small_clinic: SmallClinic) -> None:
    addresses = [f"/en/book/skin-check/{view}" for view in VIEWS]
    assert [asked(client, address) for address in addresses] == [1, 1, 1]
    show_hijri()
    assert [asked(client, address) for address in addresses] == [1, 1, 1]


def test_a_page_without_dates_does_not_ask(client: Client, small_clinic: SmallClinic) -> None:
    show_hijri()
    assert [asked(client, address) for address in ("/en/book/", "/en/services/", "/en/doctors/")] == [0, 0, 0]
