from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Locale

from home.models import SiteIdentity
from tests.factories.directory import LocationFactory, SpecialtyFactory, WorkingPractitionerFactory
from tests.factories.home import AnnouncementFactory, PartnerFactory
from tests.home.website import Website


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_a_page_says_its_language_and_direction(
    client: Client, website: Website, language: str, direction: str
) -> None:
    html = client.get(f"/{language}/").content.decode()
    assert f'<html lang="{language}" dir="{direction}"' in html
    assert f"fonts/ibm-plex-sans-arabic/{'arabic' if language == 'ar' else 'latin'}-400.woff2" in html


@pytest.mark.parametrize("path", ["/en/", "/ar/", "/en/about/", "/en/nothing/"])
def test_a_page_for_visitors_can_be_kept_for_everybody(client: Client, website: Website, path: str) -> None:
    website.page("about")
    response = client.get(path)
    assert "Set-Cookie" not in response.headers
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


def test_a_page_has_no_inline_script_or_style(client: Client, website: Website) -> None:
    html = client.get("/en/").content.decode()
    assert "<style" not in html
    assert " style=" not in html
    data = html.count('<script type="application/ld+json">')
    assert data == 1
    assert html.count("<script") == html.count('<script type="module" src="') + data


def test_the_menu_speaks_the_readers_language(client: Client, website: Website) -> None:
    about = website.page("about", title="About us")
    website.translate(about, title="من نحن")
    website.show(
        menu=[("link", {"page": about, "label": ""}), ("group", {"label": "More", "links": [{"page": about}]})]
    )
    assert '<a href="/en/about/">About us</a>' in client.get("/en/").content.decode()
    arabic = client.get("/ar/").content.decode()
    assert '<a href="/ar/about/">من نحن</a>' in arabic
    assert "About us" not in arabic


def test_a_published_translation_of_the_menu_replaces_it_and_a_draft_does_not(client: Client, website: Website) -> None:
    navigation = website.show(menu=[("link", {"label": "Call", "phone": "+96265550100"})])
    assert navigation.header
    arabic = navigation.header.copy_for_translation(Locale.objects.get(language_code="ar"))
    arabic.items = [("link", {"label": "اتصلوا", "phone": "+96265550100"})]
    arabic.live = False
    arabic.save()
    assert "اتصلوا" not in client.get("/ar/").content.decode()
    arabic.save_revision().publish()
    html = client.get("/ar/").content.decode()
    assert "اتصلوا" in html
    assert "Call</a>" not in html


def test_the_menu_leaves_out_pages_that_nobody_can_read(client: Client, website: Website) -> None:
    about = website.page("about", title="About us")
    website.show(menu=[("link", {"page": about})])
    about.unpublish()
    assert "About us" not in client.get("/en/").content.decode()


def test_the_menu_marks_where_the_reader_is(client: Client, website: Website) -> None:
    about = website.page("about")
    website.page("team", parent=about)
    website.show(menu=[("link", {"page": about, "label": "About"})])
    assert '<a href="/en/about/" aria-current="page">About</a>' in client.get("/en/about/").content.decode()
    assert '<a href="/en/about/" aria-current="true">About</a>' in client.get("/en/about/team/").content.decode()
    assert '<a href="/en/about/">About</a>' in client.get("/en/").content.decode()


def test_the_footer_shows_its_columns_and_how_to_reach_the_clinic(client: Client, website: Website) -> None:
    LocationFactory(name_en="Iyada Amman", phone="+96265550100")
    website.show(
        footer=[
            (
                "column",
                {
                    "heading": "The clinic",
                    "links": [{"key": "ministry", "label": "Ministry", "address": "https://moh.gov.jo"}],
                },
            )
        ]
    )
    html = client.get("/en/").content.decode()
    assert "<h2>The clinic</h2>" in html
    assert '<a href="https://moh.gov.jo" id="footer-ministry" rel="noopener">Ministry' in html
    assert 'href="tel:+96265550100"' in html
    assert "+962 6 555 0100" in html


def test_banners_show_while_they_are_published_and_the_most_urgent_first(client: Client, website: Website) -> None:
    AnnouncementFactory(message="New opening hours", level="information")
    AnnouncementFactory(message="Poor air today", level="warning")
    AnnouncementFactory(message="Hospital street is closed", level="emergency")
    AnnouncementFactory(message="A draft", live=False)
    AnnouncementFactory(message="Old news", expire_at=timezone.now() - timedelta(seconds=1))
    AnnouncementFactory(message="خبر", locale=Locale.objects.get(language_code="ar"))
    html = client.get("/en/").content.decode()
    order = [html.index(text) for text in ("Hospital street", "Poor air", "New opening")]
    assert order == sorted(order)
    assert "A draft" not in html
    assert "Old news" not in html
    assert "خبر" not in html


@pytest.mark.parametrize("size", [1, 3])
def test_the_home_page_asks_the_database_a_constant_number_of_questions(
    client: Client, website: Website, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    pages = [website.page(f"page-{number}") for number in range(size)]
    for page in pages:
        website.translate(page)
        location, specialty = LocationFactory(), SpecialtyFactory()
        WorkingPractitionerFactory().specialties.add(specialty)
        location.opening_hours.create(weekday=1, starts="08:00", ends="12:00")
        PartnerFactory(locale=Locale.objects.get(language_code="ar"))
    links = [{"page": page} for page in pages]
    website.show(
        menu=[*(("link", link) for link in links), ("group", {"label": "More", "links": links})],
        footer=[("column", {"heading": "Clinic", "links": links})],
    )
    SiteIdentity.for_site(website.site)
    home = website.homes["ar"]
    home.hero = [("hero", {"title": "باب مفتوح", "button": {"page": pages[0]}})]
    home.sections = [
        ("specialties", {"title": "A", "count": 8}),
        ("doctors", {"title": "B", "count": 8}),
        ("services", {"title": "C", "count": 8}),
        ("locations", {"title": "D"}),
        ("partners", {"title": "E"}),
    ]
    home.save_revision().publish()
    client.get("/ar/")
    with django_assert_num_queries(15):
        client.get("/ar/")


@pytest.mark.parametrize("size", [1, 3])
def test_a_standard_page_asks_the_database_few_questions(
    client: Client, website: Website, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    pages = [website.page(f"page-{number}") for number in range(size)]
    website.show(
        menu=[("link", {"page": page}) for page in pages],
        footer=[("column", {"heading": "Clinic", "links": [{"page": page} for page in pages]})],
    )
    SiteIdentity.for_site(website.site)
    client.get("/en/page-0/")
    with django_assert_num_queries(13):
        client.get("/en/page-0/")


def test_a_group_of_the_menu_has_sections_of_links(client: Client, website: Website) -> None:
    about, team = website.page("about", title="About us"), website.page("team", title="Our team")
    sections = [{"label": "People", "links": [{"page": team}]}, {"label": "Nobody", "links": []}]
    website.show(menu=[("group", {"label": "The clinic", "links": [{"page": about}], "sections": sections})])
    html = client.get("/en/").content.decode()
    group = html[html.index('<ul class="menu__group">') :]
    assert group.index("About us</a>") < group.index(">People</p>") < group.index("Our team</a>")
    assert "Nobody" not in html
    assert '<summary class="is-current">The clinic' in client.get("/en/team/").content.decode()
