"""GET /api/website-data/."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.models import HomePage, Partner
from home.website_data import store
from tests.factories.directory import PractitionerFactory, ServiceFactory
from tests.home.website import Website

ADDRESS = "/api/website-data/"
PARTS = ["menu_items", "heroes", "partners", "footer_links", "seo_data", "home_page"]

pytestmark = pytest.mark.django_db


def get(client: Client, query: str = "", **headers: str) -> dict[str, Any]:
    answer = client.get(ADDRESS + query, headers=headers)
    assert answer.status_code == 200, answer.content
    body: dict[str, Any] = answer.json()
    assert set(body) == {"status", "data", "message", "timestamp"}
    assert body["status"] == "success"
    assert datetime.fromisoformat(body["timestamp"]).tzinfo
    return body


def test_everything_comes_in_both_languages(client: Client, website: Website) -> None:
    data = get(client)["data"]

    assert set(data) == {"en", "ar"}
    assert set(data["en"]) == set(PARTS)
    assert data["ar"]["home_page"]["title"] == "عيادة"


def test_a_menu_item_has_label_route_order_and_children(client: Client, website: Website) -> None:
    doctors, more = get(client, "?part=menu_items&lang=en")["data"]

    assert doctors == {"label": "Doctors", "route": "/en/doctors/", "order": 1, "external": False, "children": []}
    assert (more["label"], more["route"], more["order"]) == ("More", None, 2)
    assert more["children"][0] == {
        "label": "Ministry",
        "route": "https://moh.example/",
        "order": 1,
        "external": True,
        "children": [],
    }


def test_a_hero_has_title_description_button_and_picture(client: Client, website: Website) -> None:
    (hero,) = get(client, "?part=heroes&lang=en")["data"]

    assert (hero["title"], hero["description"], hero["order"]) == ("Good care", "Find a doctor.", 1)
    assert hero["button"]["label"] == "Book"
    assert hero["button"]["route"].startswith("/en/")
    assert hero["background_image"] is None


def test_a_partner_has_name_image_and_order(client: Client, partner: Partner) -> None:
    (told,) = get(client, "?part=partners&lang=en")["data"]

    assert (told["name"], told["url"], told["order"]) == ("Takaful", "https://takaful.example/", 1)
    assert told["image"].startswith("http")
    assert told["image"].endswith(".svg")


def test_a_footer_link_has_key_label_route_and_order(client: Client, website: Website) -> None:
    (link,) = get(client, "?part=footer_links&lang=en")["data"]

    assert link == {
        "label": "Doctors",
        "route": "/en/doctors/",
        "order": 1,
        "external": False,
        "key": "doctors",
        "group": "Clinic",
    }


def test_seo_data_has_title_description_and_og(client: Client, website: Website) -> None:
    data = get(client, "?part=seo_data&lang=en")["data"]

    assert data["title"] == "Iyada Clinic"
    assert data["description"] == data["og"]["description"] == "A clinic in Amman."
    assert data["canonical"].startswith("http")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", ["en", "ar", "all"])
def test_each_part_comes_in_each_language(client: Client, website: Website, part: str, language: str) -> None:
    data = get(client, f"?part={part}&lang={language}")["data"]
    assert (isinstance(data, dict) and data.keys() == {"en", "ar"}) == (language == "all")


def test_the_sections_of_the_home_page_show_what_the_directory_holds(client: Client, website: Website) -> None:
    doctor, service = PractitionerFactory.create(), ServiceFactory.create()
    home = website.homes["en"]
    home.sections = [
        ("doctors", {"title": "Our doctors", "text": "", "specialties": [], "count": 4}),
        ("services", {"title": "Services", "text": "", "services": [], "count": 4}),
        ("specialties", {"title": "Specialties", "text": "", "specialties": [], "count": 4}),
        ("locations", {"title": "Places", "text": "", "locations": []}),
        ("partners", {"title": "Partners", "text": ""}),
        ("steps", {"title": "How", "text": "", "steps": [{"title": "Choose", "text": "A doctor."}]}),
    ]
    home.save_revision().publish()

    doctors, services, *_others, steps = get(client, "?part=home_page&lang=en")["data"]["sections"]

    assert (doctors["type"], doctors["order"], doctors["title"]) == ("doctors", 1, "Our doctors")
    assert f"/en/doctors/{doctor.slug}/" in [each["route"] for each in doctors["items"]]
    assert f"/en/services/{service.slug}/" in [each["route"] for each in services["items"]]
    assert steps["steps"] == [{"title": "Choose", "text": "A doctor."}]


def test_the_message_is_in_the_language_that_was_asked_for(client: Client, website: Website) -> None:
    assert get(client, "?lang=ar")["message"] != get(client, "?lang=en")["message"]


def test_who_has_it_already_is_told_so(client: Client, website: Website) -> None:
    etag = client.get(ADDRESS)["ETag"]
    again = client.get(ADDRESS, headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"{ADDRESS}?part=heroes")["ETag"] != etag


def test_the_second_reader_is_answered_from_the_cache(
    client: Client, website: Website, django_assert_num_queries: Any
) -> None:
    first = get(client)
    with django_assert_num_queries(0):
        second = get(client)

    assert first == second
    assert store.standing_of("website_data").hits == 1


def test_the_keys_live_as_long_as_they_should(client: Client, website: Website) -> None:
    for key, lifetime in store.KEYS.items():
        get(client, f"?part={key}")
        assert 0 < cache.ttl(key) <= lifetime.total_seconds()  # type: ignore[attr-defined]
    assert cache.ttl("website_data") > 1800  # type: ignore[attr-defined]
    assert cache.ttl("heroes") <= 1800  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_a_publication_shows_at_once(client: Client, website: Website) -> None:
    get(client)
    home = HomePage.objects.get(pk=website.homes["en"].pk)
    home.title = "Iyada, new"
    home.save_revision().publish()

    assert get(client, "?lang=en")["data"]["home_page"]["title"] == "Iyada, new"


def test_a_partner_that_expires_goes_on_time(client: Client, partner: Partner) -> None:
    Partner.objects.update(expire_at=timezone.now() + timedelta(seconds=90))
    get(client, "?part=partners")

    assert 0 < cache.ttl("partners") <= 90  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("query", "word"), [("?part=patients", "menu_items"), ("?lang=fr", "ar"), ("?part=", "heroes"), ("?lang=EN", "en")]
)
def test_a_wrong_part_or_language_is_told(client: Client, website: Website, query: str, word: str) -> None:
    answer = client.get(ADDRESS + query)
    body = answer.json()

    assert answer.status_code == 400
    assert (body["status"], body["data"]) == ("error", None)
    assert word in body["message"]


def test_a_wrong_method_or_address_is_told_in_the_same_form(client: Client, db: None) -> None:
    for method in ("post", "put", "patch", "delete", "options"):
        answer = getattr(client, method)(ADDRESS)
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
        assert answer.json()["status"] == "error"
    assert client.get("/api/update-redis/").status_code == 405
    for address in ("/api/", "/api/patients/", "/api/website-data/x"):
        answer = client.get(address)
        assert (answer.status_code, answer.json()["status"]) == (404, "error")
    assert client.head(ADDRESS).status_code == 200


def test_no_other_site_may_read_it_in_a_browser(client: Client, website: Website) -> None:
    answer = client.get(ADDRESS, headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in answer


def test_a_home_page_behind_a_password_is_no_part_of_the_data(client: Client, website: Website) -> None:
    assert get(client, "?part=heroes&lang=en")["data"]
    for home in website.homes.values():
        PageViewRestriction.objects.create(page=home, restriction_type="password", password="soon")

    for language in ("en", "ar"):
        data = get(client, f"?lang={language}")["data"]
        assert (data["home_page"], data["heroes"]) == (None, [])
        assert data["seo_data"]["description"] != "A clinic in Amman."
