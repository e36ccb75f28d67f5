import pytest
from django.test import Client
from pytest_django import Settings

from tests.home.website import Website


@pytest.mark.parametrize(
    ("accepted", "cookie", "home"),
    [
        ("ar-JO,ar;q=0.9,en;q=0.5", None, "/ar/"),
        ("en-GB", None, "/en/"),
        ("fr-FR,fr;q=0.9", None, "/en/"),
        ("", None, "/en/"),
        ("en-GB", "ar", "/ar/"),
        ("ar", "en", "/en/"),
        ("ar", "nonsense", "/ar/"),
    ],
)
def test_the_bare_address_leads_to_the_readers_language(
    client: Client, accepted: str, cookie: str | None, home: str
) -> None:
    if cookie:
        client.cookies["language"] = cookie
    response = client.get("/", headers={"Accept-Language": accepted})
    assert (response.status_code, response["Location"]) == (302, home)
    assert {part.strip() for part in response["Vary"].split(",")} >= {"Accept-Language", "Cookie"}


def test_the_switch_leads_to_the_same_page_in_the_other_language(client: Client, website: Website) -> None:
    about = website.page("about")
    website.translate(about, slug="about")
    english, arabic = (client.get(f"/{code}/about/").content.decode() for code in ("en", "ar"))
    assert 'href="/ar/about/" lang="ar" hreflang="ar" dir="rtl" data-language="ar"' in english
    assert "العربية" in english
    assert 'href="/en/about/" lang="en" hreflang="en" dir="ltr" data-language="en"' in arabic
    assert "English</a>" in arabic


def test_search_engines_learn_of_both_languages(client: Client, website: Website, settings: Settings) -> None:
    settings.SITE_URL = "https://clinic.example"
    about = website.page("about")
    website.translate(about)
    html = client.get("/ar/about/?from=mail").content.decode()
    assert '<link rel="canonical" href="https://clinic.example/ar/about/">' in html
    assert '<link rel="alternate" hreflang="en" href="https://clinic.example/en/about/">' in html
    assert '<link rel="alternate" hreflang="ar" href="https://clinic.example/ar/about/">' in html
    assert '<link rel="alternate" hreflang="x-default" href="https://clinic.example/en/about/">' in html


def test_the_switch_of_a_view_keeps_its_query(client: Client, website: Website) -> None:
    html = client.get("/en/doctors/?specialty=heart").content.decode()
    assert 'href="/ar/doctors/?specialty=heart"' in html


def test_a_page_that_is_hidden_from_search_engines_announces_nothing(client: Client, website: Website) -> None:
    website.translate(website.page("thanks", noindex=True))
    html = client.get("/en/thanks/").content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="alternate"' not in html
