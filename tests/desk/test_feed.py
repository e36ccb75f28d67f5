"""The practitioner's own page of their calendar's address."""

import pytest
from django.test import Client

from clinic.accounts.enums import Role
from clinic.accounts.models import User
from clinic.scheduling.actions.feeds import open_feed
from clinic.scheduling.feeds import feed_url
from clinic.scheduling.models import CalendarFeed
from tests.accounts.cast import person
from tests.desk.conftest import Clinic

PAGE = "/admin/my-calendar/"


@pytest.fixture
def salma(clinic: Clinic) -> User:
    user = person("salma", role=Role.CLINICIAN)
    clinic.salma.user = user
    clinic.salma.save()
    return user


def test_a_practitioner_makes_an_address_names_patients_and_closes_it(client: Client, salma: User) -> None:
    client.force_login(salma)
    assert "Make an address" in client.get(PAGE).text

    made = client.post(PAGE, {"do": "open"}, follow=True)
    feed = CalendarFeed.objects.get(user=salma)
    assert feed_url(feed, "en") in made.text
    assert feed_url(feed, "ar") in made.text
    assert not feed.shows_names

    client.post(PAGE, {"do": "names", "names": "on"})
    feed.refresh_from_db()
    assert feed.shows_names

    client.post(PAGE, {"do": "open", "names": "on"})
    renewed = CalendarFeed.objects.get(user=salma)
    assert renewed.reference != feed.reference
    assert renewed.shows_names

    client.post(PAGE, {"do": "close"})
    assert not CalendarFeed.objects.exists()


def test_what_is_no_button_changes_nothing(client: Client, salma: User) -> None:
    client.force_login(salma)

    for sent in ({}, {"do": "x"}, {"do": "names", "names": "\0"}, {"do": "close"}):
        assert client.post(PAGE, sent).status_code == 302

    assert not CalendarFeed.objects.exists()


def test_the_page_is_kept_by_nobody_and_found_in_the_settings_of_the_account(client: Client, salma: User) -> None:
    client.force_login(salma)

    assert "no-store" in client.get(PAGE)["Cache-Control"]
    assert PAGE in client.get("/admin/account/").text


def test_the_page_speaks_arabic(client: Client, salma: User) -> None:
    open_feed(user=salma, shows_names=False, by=salma)
    client.force_login(salma)
    client.cookies["language"] = "ar"

    text = client.get(PAGE, headers={"accept-language": "ar"}).text

    assert "تقويمي" in text


def test_who_is_no_practitioner_has_no_calendar(client: Client, salma: User, receptionist: User) -> None:
    feed = open_feed(user=salma, shows_names=False, by=salma)

    client.force_login(receptionist)
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"do": "close"}).status_code == 404
    assert PAGE not in client.get("/admin/account/").text

    feed.refresh_from_db()


def test_a_visitor_is_asked_to_sign_in(client: Client, salma: User) -> None:
    answer = client.get(PAGE)

    assert answer.status_code == 302
    assert "/admin/login/" in answer["Location"]
