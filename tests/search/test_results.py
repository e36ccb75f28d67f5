"""The page of results and the suggestions, as a browser gets them."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from content.search import views
from home.models import SiteIdentity
from tests.factories.directory import LocationFactory, PractitionerFactory
from tests.home.website import Website

QUERIES = 13


@dataclass(frozen=True)
class Words:
    """What is said in one language."""

    language: str
    asked: str
    title: str
    label: str
    count: str


ENGLISH = Words("en", "heart", "<mark>Heart</mark> care", "Specialty", "3 results")
ARABIC = Words("ar", "قلب", "<mark>القلب</mark> والشرايين", "التخصّص", "3 نتائج")


@pytest.mark.parametrize("words", [ENGLISH, ARABIC], ids=lambda words: words.language)
def test_results_are_marked_labelled_and_counted(client: Client, website: Website, heart: Any, words: Words) -> None:
    response = client.get(f"/{words.language}/search/", {"q": words.asked})
    html = response.content.decode()
    assert response.status_code == 200
    assert words.title in html
    assert words.label in html
    assert words.count in html
    assert f'href="/{words.language}/doctors/?specialty=heart"' in html


def test_a_search_is_kept_by_nobody_and_listed_nowhere(client: Client, website: Website) -> None:
    response = client.get("/en/search/?q=heart")
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert not response.cookies


def test_what_was_typed_is_shown_escaped(client: Client, website: Website) -> None:
    html = client.get("/en/search/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in html
    assert "&quot;&gt;&lt;script&gt;" in html


def test_an_empty_result_helps_on(client: Client, website: Website, heart: Any) -> None:
    LocationFactory(phone="+96265550100")
    html = client.get("/en/search/", {"q": "zzzzzz"}).content.decode()
    assert "Nothing found" in html
    assert "/en/doctors/?specialty=heart" in html
    assert "tel:+96265550100" in html


def test_a_slip_of_the_finger_is_answered_with_what_was_meant(client: Client, website: Website, heart: Any) -> None:
    html = client.get("/ar/search/", {"q": "شرايبن"}).content.decode()
    assert "هل تقصدون" in html
    assert "<bdi>والشرايين</bdi>" in html or "<bdi>شرايين</bdi>" in html


def test_results_of_one_kind_can_be_chosen(client: Client, website: Website, heart: Any) -> None:
    html = client.get("/en/search/", {"q": "heart", "kind": "service"}).content.decode()
    assert "Heart</mark> tracing" in html
    assert "Dr Layla Haddad" not in html
    assert client.get("/en/search/", {"q": "heart", "kind": "nonsense"}).status_code == 200


@pytest.mark.parametrize("number", ["2", "99", "-1", "x", "٣", "9" * 400])
def test_any_page_number_is_answered(client: Client, website: Website, heart: Any, number: str) -> None:
    PractitionerFactory.create_batch(12, title_en="Heart doctor")
    response = client.get("/en/search/", {"q": "heart", "page": number})
    assert response.status_code == 200
    assert 'class="found"' in response.content.decode()


@pytest.mark.parametrize("size", [1, 3])
def test_a_search_asks_the_database_a_constant_number_of_questions(
    client: Client, website: Website, heart: Any, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    PractitionerFactory.create_batch(size, title_en="Heart doctor")
    SiteIdentity.for_site(website.site)
    client.get("/en/search/?q=heart")
    with django_assert_num_queries(QUERIES):
        client.get("/en/search/?q=heart")


def test_a_search_that_takes_too_long_says_so(
    client: Client, website: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    def give_up(*args: Any, **options: Any) -> None:
        raise OperationalError("canceling statement due to statement timeout")

    monkeypatch.setattr(views, "find", give_up)
    monkeypatch.setattr(views, "suggest", give_up)
    html = client.get("/en/search/?q=heart").content.decode()
    assert "took too long" in html
    assert client.get("/en/search/suggest/?q=heart").json() == {"suggestions": []}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_suggestions_name_the_kind_and_the_address(client: Client, website: Website, heart: Any, language: str) -> None:
    response = client.get(f"/{language}/search/suggest/", {"q": "layl"})
    assert json.loads(response.content) == {
        "suggestions": [
            {
                "title": {"en": "Dr Layla Haddad", "ar": "د. ليلى حدّاد"}[language],
                "kind": {"en": "Doctor", "ar": "الطبيب"}[language],
                "url": f"/{language}/doctors/layla-haddad/",
            }
        ]
    }
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["/en/search/", "/en/search/suggest/"])
def test_a_search_only_reads(client: Client, website: Website, path: str) -> None:
    assert client.post(path, {"q": "heart"}).status_code == 405


def test_every_page_offers_the_search_without_javascript(client: Client, website: Website) -> None:
    html = client.get("/ar/").content.decode()
    assert 'role="search" method="get" action="/ar/search/"' in html
