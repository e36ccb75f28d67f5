"""What machines read of each page: one graph of schema.org that holds together."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from home.models import SiteIdentity
from tests.factories.content import ArticlePageFactory, ContactPageFactory, NewsIndexPageFactory
from tests.factories.directory import LocationFactory, OpeningHoursFactory, PractitionerFactory, ServiceFactory
from tests.home.website import Website

Node = dict[str, Any]
SITE = "https://clinic.example"
# What search engines ask of each type, beside what all nodes have.
REQUIRED = {
    "MedicalClinic": {"@id", "name"},
    "MedicalOrganization": {"@id", "name", "url"},
    "WebSite": {"@id", "name", "url", "potentialAction"},
    "WebPage": {"@id", "url", "inLanguage", "isPartOf"},
    "BreadcrumbList": {"itemListElement"},
    "NewsArticle": {"headline", "datePublished", "author", "inLanguage"},
}


def graph_of(client: Client, path: str) -> list[Node]:
    html = client.get(path).content.decode()
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert "<" not in script
    data = json.loads(script)
    assert data["@context"] == "https://schema.org"
    nodes: list[Node] = data["@graph"]
    for node in nodes:
        assert REQUIRED.get(node["@type"], set()) <= set(node), node["@type"]
    return nodes


def one(nodes: list[Node], kind: str) -> Node:
    (node,) = [node for node in nodes if node["@type"] == kind]
    return node


@pytest.fixture(autouse=True)
def public_address(settings: Settings) -> None:
    settings.SITE_URL = SITE


def test_the_home_page_tells_where_the_clinic_is_and_when_it_opens(client: Client, website: Website) -> None:
    identity = SiteIdentity.for_site(website.site)
    identity.name_en, identity.facebook = "Iyada </script>", "https://social.example/iyada"
    identity.save()
    location = LocationFactory(
        slug="amman", city_en="Amman", phone="+96265550100", latitude="31.95000", longitude="35.91000"
    )
    OpeningHoursFactory(location=location, weekday=7, starts="08:00", ends="16:00")
    clinic = one(graph_of(client, "/en/"), "MedicalClinic")
    assert clinic["name"] == "Iyada </script>"
    assert clinic["telephone"] == "+96265550100"
    assert clinic["address"]["addressLocality"] == "Amman"
    assert clinic["address"]["addressCountry"] == "JO"
    assert clinic["geo"] == {"@type": "GeoCoordinates", "latitude": 31.95, "longitude": 35.91}
    assert clinic["sameAs"] == ["https://social.example/iyada"]
    (hours,) = clinic["openingHoursSpecification"]
    assert (hours["dayOfWeek"], hours["opens"], hours["closes"]) == ("https://schema.org/Sunday", "08:00", "16:00")


def test_each_of_several_locations_is_a_department(client: Client, website: Website) -> None:
    LocationFactory.create_batch(2)
    departments = one(graph_of(client, "/ar/"), "MedicalClinic")["department"]
    assert [each["@type"] for each in departments] == ["MedicalClinic", "MedicalClinic"]
    assert departments[0]["name"].startswith("الفرع")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_site_tells_how_it_is_searched(client: Client, website: Website, language: str) -> None:
    action = one(graph_of(client, f"/{language}/"), "WebSite")["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{SITE}/{language}/search/?q={{search_term_string}}"
    assert action["query-input"] == "required name=search_term_string"


def test_the_way_to_a_page_names_each_step_by_its_address(client: Client, website: Website) -> None:
    website.page("team", title="Our team", parent=website.page("about", title="About us"))
    nodes = graph_of(client, "/en/about/team/")
    steps = one(nodes, "BreadcrumbList")["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "Home", f"{SITE}/en/"),
        (2, "About us", f"{SITE}/en/about/"),
        (3, "Our team", f"{SITE}/en/about/team/"),
    ]
    assert one(nodes, "WebPage")["breadcrumb"] == {"@id": one(nodes, "BreadcrumbList")["@id"]}


def test_doctors_and_services_have_a_graph_too(client: Client, website: Website) -> None:
    PractitionerFactory(slug="layla")
    ServiceFactory(slug="ecg")
    for path in ("/en/doctors/", "/ar/doctors/layla/", "/en/services/", "/ar/services/ecg/", "/en/book/"):
        nodes = graph_of(client, path)
        assert one(nodes, "WebPage")["url"] == f"{SITE}{path}"
        assert one(nodes, "MedicalOrganization")


def test_an_article_is_news_with_a_day_and_is_shared_as_an_article(client: Client, website: Website) -> None:
    index = NewsIndexPageFactory(parent=website.homes["en"], slug="news")
    article = ArticlePageFactory(parent=index, slug="flu", title="Flu", summary="A <b>jab</b> & rest.", live=False)
    article.save_revision().publish()
    assert one(graph_of(client, "/en/news/flu/"), "NewsArticle")["headline"] == "Flu"
    html = client.get("/en/news/flu/").content.decode()
    assert '<meta property="og:type" content="article">' in html
    assert f'<meta property="article:published_time" content="{timezone.localdate():%Y-%m-%d}">' in html
    assert '<meta name="description" content="A &lt;b&gt;jab&lt;/b&gt; &amp; rest.">' in html
    assert '<meta name="twitter:card" content="summary">' in html


def test_the_contact_page_tells_where_the_clinic_is(client: Client, website: Website) -> None:
    LocationFactory(city_en="Amman")
    ContactPageFactory(parent=website.homes["en"], slug="contact").save_revision().publish()
    assert one(graph_of(client, "/en/contact/"), "MedicalClinic")["address"]["addressLocality"] == "Amman"


def test_a_hidden_page_tells_machines_nothing(client: Client, website: Website) -> None:
    website.page("hidden", noindex=True)
    assert "ld+json" not in client.get("/en/hidden/").content.decode()
    assert "ld+json" not in client.get("/en/search/?q=x").content.decode()
