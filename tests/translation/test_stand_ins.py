"""A page that is not published in the reader's language: what visitors, search engines and links get."""

from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page

from home.models import Announcement
from tests.factories.home import AnnouncementFactory
from tests.home.website import Website


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return str(response.content.decode())


@pytest.mark.parametrize("state", ["missing", "draft", "unpublished"])
def test_a_page_without_arabic_is_shown_in_english_in_the_arabic_frame(
    client: Client, website: Website, settings: Any, state: str
) -> None:
    settings.SITE_URL = "https://clinic.example"
    about = website.page("about", title="About us", introduction="Who we are.")
    if state != "missing":
        copy = website.translate(about, live=state == "unpublished", title="من نحن")
        if state == "unpublished":
            Page.objects.get(pk=copy.pk).unpublish()
    html = text(client, "/ar/about/")
    assert '<html lang="ar" dir="rtl"' in html
    assert '<div lang="en" dir="ltr">' in html
    assert "Who we are." in html
    assert "من نحن" not in html
    assert 'role="note"' in html
    assert '<meta name="robots" content="noindex">' in html
    assert '<link rel="canonical" href="https://clinic.example/en/about/">' in html
    assert 'rel="alternate" hreflang' not in html
    assert 'href="/en/about/" lang="en" hreflang="en"' in html


def test_the_switch_leads_to_the_stand_in_and_search_engines_hear_of_neither(client: Client, website: Website) -> None:
    website.translate(website.page("about"), live=False)
    html = text(client, "/en/about/")
    assert 'href="/ar/about/" lang="ar"' in html
    assert 'rel="alternate" hreflang' not in html
    assert "noindex" not in html
    assert "/ar/about/" not in client.get("/sitemap.xml").content.decode()


def test_a_translation_takes_over_as_soon_as_it_is_published(client: Client, website: Website) -> None:
    about = website.page("about", title="About us")
    copy = website.translate(about, live=False, title="من نحن")
    assert "About us" in text(client, "/ar/about/")
    copy.get_latest_revision().publish()
    html = text(client, "/ar/about/")
    assert "من نحن" in html
    assert 'role="note"' not in html
    assert "noindex" not in html


def test_a_translation_with_a_slug_of_its_own_is_found_by_the_slug_of_its_source(
    client: Client, website: Website
) -> None:
    website.translate(website.page("about"), slug="man-nahnu")
    response = client.get("/ar/about/")
    assert (response.status_code, response["Location"]) == (302, "/ar/man-nahnu/")


@pytest.mark.parametrize("asked", ["", "?from=sms", "?a=%00"])
def test_an_old_address_leads_on_although_the_other_language_still_has_it(
    client: Client, website: Website, asked: str
) -> None:
    copy = website.translate(website.page("about", title="About us"))
    Redirect.add_redirect("/ar/about/", redirect_to=copy)
    copy.slug = "man-nahnu"
    copy.save_revision().publish()
    response = client.get(f"/ar/about/{asked}")
    assert (response.status_code, response["Location"]) == (301, "/ar/man-nahnu/")


def test_an_old_address_that_leads_to_nothing_published_is_shown_in_the_other_language(
    client: Client, website: Website
) -> None:
    copy = website.translate(website.page("about", title="About us"), slug="man-nahnu")
    Redirect.add_redirect("/ar/about/", redirect_to=copy)
    Page.objects.get(pk=copy.pk).unpublish()
    assert "About us" in text(client, "/ar/about/")


def test_an_address_that_the_clinic_leads_on_elsewhere_shows_nothing_in_another_language(
    client: Client, website: Website
) -> None:
    website.page("about")
    Redirect.add_redirect("/ar/about/", redirect_to="https://clinic.example/", is_permanent=False)
    response = client.get("/ar/about/")
    assert (response.status_code, response["Location"]) == (302, "https://clinic.example/")
    assert client.get("/en/about/").status_code == 200


def test_a_page_that_is_published_in_no_language_is_not_found(client: Client, website: Website) -> None:
    about = website.page("about")
    about.unpublish()
    assert client.get("/ar/about/").status_code == 404
    assert client.get("/en/about/").status_code == 404
    assert client.get("/ar/nothing/").status_code == 404


def test_a_page_below_an_untranslated_page_is_reached_too(client: Client, website: Website) -> None:
    team = website.page("team", parent=website.page("about"), title="Our team")
    assert "Our team" in text(client, "/ar/about/team/")
    website.translate(team, title="فريقنا")
    assert "فريقنا" in text(client, "/ar/about/team/")


def test_what_was_written_in_arabic_stands_in_for_its_english(client: Client, website: Website) -> None:
    about = website.page("about")
    website.translate(about, title="من نحن", introduction="أهلًا")
    about.refresh_from_db()
    about.unpublish()
    html = text(client, "/en/about/")
    assert "أهلًا" in html
    assert '<div lang="ar" dir="rtl">' in html
    assert "This page is not available in English yet" in html


@pytest.mark.parametrize("end", ["unpublish", "delete"])
def test_the_end_of_the_english_page_leaves_the_arabic_one_in_peace(client: Client, website: Website, end: str) -> None:
    about = website.page("about")
    website.translate(about, title="من نحن")
    about.refresh_from_db()
    getattr(about, end)()
    html = text(client, "/ar/about/")
    assert "من نحن" in html
    assert 'role="note"' not in html
    assert 'rel="alternate" hreflang' not in html


def test_moving_the_english_page_moves_no_arabic_one_and_the_switch_follows(client: Client, website: Website) -> None:
    about, clinic = website.page("about"), website.page("clinic")
    website.translate(about, title="من نحن")
    about.move(clinic, pos="last-child")
    assert 'href="/en/clinic/about/"' in text(client, "/ar/about/")
    assert 'href="/ar/about/"' in text(client, "/en/clinic/about/")


def test_an_alias_in_the_arabic_tree_is_no_translation(client: Client, website: Website) -> None:
    about = website.page("about", title="About us")
    about.copy_for_translation(Locale.objects.get(language_code="ar"), alias=True)
    html = text(client, "/ar/about/")
    assert 'role="note"' in html
    assert "noindex" in html
    assert "/ar/about/" not in client.get("/sitemap.xml").content.decode()


def test_a_menu_leads_to_the_stand_in_and_says_the_language_of_its_title(client: Client, website: Website) -> None:
    about = website.page("about", title="About us")
    website.show(menu=[("link", {"page": about, "label": ""})])
    html = text(client, "/ar/")
    assert '<a href="/ar/about/" lang="en" dir="ltr">About us</a>' in html


def test_a_menu_without_arabic_is_shown_in_english_and_says_so(client: Client, website: Website) -> None:
    navigation = website.show(menu=[("link", {"label": "Call", "phone": "+96265550100"})])
    assert 'class="menu menu--wide" lang="en" dir="ltr"' in text(client, "/ar/")
    assert 'class="menu menu--wide" lang=' not in text(client, "/en/")
    header = navigation.header
    assert header is not None
    copy = header.copy_for_translation(Locale.objects.get(language_code="ar"))
    copy.save()
    copy.save_revision().publish()
    header.unpublish()
    assert 'class="menu menu--wide" lang="ar" dir="rtl"' in text(client, "/en/")
    assert 'class="menu menu--wide" lang=' not in text(client, "/ar/")


def test_an_emergency_is_told_in_the_language_there_is_and_other_news_is_not(client: Client, website: Website) -> None:
    AnnouncementFactory(message="The street is closed", level="emergency")
    AnnouncementFactory(message="New opening hours", level="information")
    html = text(client, "/ar/")
    assert '<span lang="en" dir="ltr">The street is closed</span>' in html
    assert "New opening hours" not in html
    emergency = Announcement.objects.get(level="emergency")
    copy = emergency.copy_for_translation(Locale.objects.get(language_code="ar"))
    copy.message = "الشارع مغلق"
    copy.save()
    assert "The street is closed" not in text(client, "/ar/")
