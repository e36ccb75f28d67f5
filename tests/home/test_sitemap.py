import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings

from tests.factories.directory import WorkingPractitionerFactory
from tests.home.website import Website

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def entries(client: Client, website: Website, settings: Settings) -> dict[str, dict[str, str]]:
    """Each address of the sitemap, with the address in each language that it announces."""
    settings.SITE_URL = "https://clinic.example"
    website.translate(website.page("about"))
    website.page("english-only")
    website.page("draft").unpublish()
    website.page("hidden", noindex=True)
    WorkingPractitionerFactory(slug="layla")
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    tree = ElementTree.fromstring(response.content)
    return {
        url.findtext("s:loc", "", NAMES): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", NAMES)
        }
        for url in tree.findall("s:url", NAMES)
    }


def test_the_sitemap_lists_the_trees_of_both_languages(entries: dict[str, dict[str, str]]) -> None:
    paths = {address.removeprefix("https://clinic.example") for address in entries}
    assert {"/en/", "/ar/", "/en/about/", "/ar/about/", "/en/english-only/"} <= paths
    assert {"/en/doctors/", "/ar/doctors/", "/en/doctors/layla/", "/ar/doctors/layla/"} <= paths
    assert not any(re.search("draft|hidden|book", path) for path in paths)


def test_each_address_of_the_sitemap_names_its_translations(entries: dict[str, dict[str, str]]) -> None:
    pair = {
        "en": "https://clinic.example/en/about/",
        "ar": "https://clinic.example/ar/about/",
        "x-default": "https://clinic.example/en/about/",
    }
    assert entries[pair["en"]] == entries[pair["ar"]] == pair
    assert entries["https://clinic.example/en/english-only/"] == {}


def test_robots_are_shown_the_sitemap_and_kept_from_visits(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://clinic.example"
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    text = response.content.decode()
    assert "Sitemap: https://clinic.example/sitemap.xml" in text
    assert "Disallow: /en/book/visit/" in text
