"""Pages for what goes wrong: not there, failed, away."""

import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template import loader
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from home import views
from home.models import SiteIdentity
from home.wellknown import PUBLIC
from tests.factories.directory import PractitionerFactory, SpecialtyFactory
from tests.home.website import Website


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_missing_page_is_explained_in_both_languages(client: Client, website: Website, language: str) -> None:
    response = client.get(f"/{language}/nothing/here/")
    html = response.content.decode()
    other = {"en": "ar", "ar": "en"}[language]
    assert response.status_code == 404
    assert f'<html lang="{language}"' in html
    assert f'href="/{language}/"' in html
    assert f'lang="{other}" dir="' in html
    assert '<meta name="robots" content="noindex">' in html
    assert "canonical" not in html
    assert "ld+json" not in html


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_missing_page_offers_the_search_and_the_specialties(client: Client, website: Website, language: str) -> None:
    PractitionerFactory(specialties=[SpecialtyFactory(slug="skin")])
    html = client.get(f"/{language}/nothing/here/").content.decode()
    assert f'action="/{language}/search/"' in html
    assert f'href="/{language}/doctors/?specialty=skin"' in html


def test_a_missing_page_takes_few_queries(
    client: Client, website: Website, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    SiteIdentity.for_site(website.site)
    client.get("/en/nothing/here/")
    with django_assert_num_queries(NOT_FOUND):
        client.get("/en/nothing/here/")


NOT_FOUND = 10


def answer_to(fault: Exception) -> HttpResponse:
    """What a visitor of an Arabic address is shown when a view raises `fault`."""
    try:
        raise fault
    except type(fault):
        return views.show_fault(RequestFactory().get("/ar/doctors/"))


@pytest.mark.parametrize("fault", [OperationalError("gone"), InterfaceError("closed")])
def test_while_the_database_is_away_pages_ask_to_be_tried_again(fault: Exception) -> None:
    response = answer_to(fault)
    html = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "Booked visits are safe" in html
    assert "مواعيدكم المحجوزة محفوظة" in html


def test_our_own_mistake_is_a_500_in_the_language_of_the_address_first() -> None:
    response = answer_to(KeyError("ours"))
    html = response.content.decode()
    assert response.status_code == 500
    assert "Retry-After" not in response
    assert '<html lang="ar" dir="rtl">' in html
    assert html.index("حدث خطأ ما", html.index("<main")) < html.index("Something went wrong", html.index("<main"))


def test_the_page_for_faults_needs_no_database_and_no_request() -> None:
    html = loader.get_template("500.html").render()
    assert "Something went wrong" in html
    assert "حدث خطأ ما" in html


def test_without_the_list_of_static_files_the_plain_page_is_shown(settings: Settings) -> None:
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    settings.STATIC_ROOT = PUBLIC / "nowhere"
    response = answer_to(KeyError("ours"))
    assert response.status_code == 500
    assert response.content.decode() == (PUBLIC / "50x.html").read_text()
    assert "style-src 'unsafe-inline'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["50x.html", "maintenance.html"])
def test_the_pages_of_the_web_server_need_no_other_file(name: str) -> None:
    html = (PUBLIC / name).read_text()
    assert 'lang="ar" dir="rtl"' in html
    assert 'lang="en"' in html
    assert "src=" not in html
    assert "<link" not in html
    assert "<script" not in html
