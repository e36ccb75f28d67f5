"""A page behind a password keeps from strangers what stands below it, the lists and rows of the directory too."""

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from content.models import DoctorPage, DoctorsIndexPage
from content.restrictions import is_restricted
from tests.content.test_directory_pages import publish
from tests.factories.directory import PractitionerFactory, ServiceFactory
from tests.home.website import Website

pytestmark = pytest.mark.django_db


@pytest.fixture
def doctors(website: Website) -> DoctorsIndexPage:
    PractitionerFactory(slug="salma-odeh", name_en="Dr. Salma Odeh", name_ar="د. سلمى عودة")
    return publish(website.homes["en"], DoctorsIndexPage(title="Our doctors"))


@pytest.fixture
def salma(doctors: DoctorsIndexPage) -> DoctorPage:
    from clinic.directory.models import Practitioner

    person = Practitioner.objects.get(slug="salma-odeh")
    return publish(doctors, DoctorPage(practitioner=person, introduction="For colleagues."))


def close(page: Any, kind: str = PageViewRestriction.PASSWORD) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")


def asks_for_password(client: Client, path: str) -> bool:
    answer = client.get(path)
    html = answer.content.decode()
    assert "Salma" not in html
    assert "no-store" in answer["Cache-Control"]
    return answer.status_code == 200 and "authenticate_with_password" in html


def in_sitemap(client: Client, path: str) -> bool:
    return f"{path}</loc>" in client.get("/sitemap.xml").content.decode()


def test_a_home_page_behind_a_password_covers_the_lists_and_rows_of_its_language(
    client: Client, website: Website, doctors: Any
) -> None:
    ServiceFactory(slug="skin-check")
    close(website.homes["ar"])
    for place in ("doctors/", "doctors/salma-odeh/", "services/", "services/skin-check/", "doctors/nobody/"):
        assert asks_for_password(client, f"/ar/{place}")
    assert client.get("/en/doctors/salma-odeh/").status_code == 200
    assert in_sitemap(client, "/en/doctors/salma-odeh/")
    assert not in_sitemap(client, "/ar/doctors/salma-odeh/")
    assert not in_sitemap(client, "/ar/doctors/")


@pytest.mark.parametrize("is_live", [True, False])
def test_a_list_behind_a_password_covers_its_rows_and_no_other_list(
    client: Client, website: Website, doctors: Any, is_live: bool
) -> None:
    close(doctors)
    if not is_live:
        doctors.unpublish()
    assert asks_for_password(client, "/en/doctors/")
    assert asks_for_password(client, "/en/doctors/salma-odeh/")
    assert client.get("/en/services/").status_code == 200
    assert client.get("/ar/doctors/salma-odeh/").status_code == 200


def test_who_knows_the_password_reads_the_page_of_the_doctor(client: Client, salma: Any) -> None:
    close(salma)
    path = "/en/doctors/salma-odeh/"
    html = client.get(path).content.decode()
    action = re.search(r'action="([^"]*authenticate_with_password[^"]*)"', html)
    assert action
    assert client.post(action[1], {"password": "wrong", "return_url": path}).status_code == 200
    assert asks_for_password(client, path)
    assert client.post(action[1], {"password": "x", "return_url": path})["Location"] == path
    assert "For colleagues." in client.get(path).content.decode()


def test_a_draft_about_a_doctor_hides_nobody_yet(client: Client, salma: Any) -> None:
    close(salma)
    salma.unpublish()
    answer = client.get("/en/doctors/salma-odeh/")
    assert "Salma" in answer.content.decode()
    assert "For colleagues." not in answer.content.decode()


def test_a_list_for_those_who_are_signed_in_leads_strangers_to_the_sign_in(client: Client, doctors: Any) -> None:
    close(doctors, PageViewRestriction.LOGIN)
    answer = client.get("/en/doctors/?specialty=skin")
    assert (answer.status_code, "next=/en/doctors/" in answer["Location"]) == (302, True)


def test_a_doctor_who_is_hidden_from_search_engines_is_not_in_the_sitemap(client: Client, salma: Any) -> None:
    assert in_sitemap(client, "/en/doctors/salma-odeh/")
    salma.noindex = True
    salma.save_revision().publish()
    assert not in_sitemap(client, "/en/doctors/salma-odeh/")
    assert in_sitemap(client, "/ar/doctors/salma-odeh/")
    assert in_sitemap(client, "/en/doctors/")
    assert 'content="noindex' in client.get("/en/doctors/salma-odeh/").content.decode()


def test_a_list_that_is_hidden_from_search_engines_hides_itself_alone(client: Client, doctors: Any) -> None:
    doctors.noindex = True
    doctors.save_revision().publish()
    assert not in_sitemap(client, "/en/doctors/")
    assert in_sitemap(client, "/en/doctors/salma-odeh/")


def test_whoever_guesses_passwords_is_stopped_and_others_are_not(
    client: Client, doctors: DoctorsIndexPage, settings: Any
) -> None:
    settings.WRONG_PASSWORDS_PER_VISITOR = 2
    close(doctors)
    form = client.get("/en/doctors/").content.decode()
    assert "This page needs a password" in form
    way_in = re.search(r'action="(/en/_util/[^"]+)"', form)
    assert way_in
    guess = {"password": "guess", "return_url": "/en/doctors/"}
    guesser, colleague = Client(REMOTE_ADDR="192.0.2.7"), Client(REMOTE_ADDR="192.0.2.8")
    assert [guesser.post(way_in[1], guess).status_code for _try in range(3)] == [200, 200, 429]
    right = {"password": "x", "return_url": "/en/doctors/"}
    assert guesser.post(way_in[1], right).status_code == 429
    assert colleague.post(way_in[1], right)["Location"] == "/en/doctors/"


@pytest.mark.parametrize("steps", [1, 2])
def test_what_repeats_a_page_behind_a_password_is_behind_it_too(client: Client, website: Website, steps: int) -> None:
    page: Page = website.page("for-colleagues", title="For colleagues")
    close(page)
    for step in range(steps):
        page = page.create_alias(update_slug=f"again-{step}")
    assert "authenticate_with_password" in client.get(f"/en/again-{steps - 1}/").content.decode()
    assert set(Page.objects.filter(is_restricted()).values_list("slug", flat=True)) == {
        "for-colleagues",
        *(f"again-{step}" for step in range(steps)),
    }
