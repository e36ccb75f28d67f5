"""The back office in Arabic: no word of Wagtail's own stays in English."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail.users.models import UserProfile

from clinic.accounts.enums import Role
from home.models import Menu
from tests.accounts.cast import person
from tests.factories.home import MenuFactory, arabic
from tests.home.website import Website

# What somebody who works in Arabic met before, among Arabic words.
ENGLISH = {"Actions", "Bold", "Home", "Italic", "Locale", "Status", "Updated", "content checks guide"}
SPOKEN = {"aria-label", "title", "placeholder", "data-w-tooltip-content-value"}


class Words(HTMLParser):
    """Every text of a page by itself: what stands in it, what is read out, and what the scripts are told to say."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in SPOKEN:
                self.found.add((value or "").strip())
            elif value and value.startswith(("{", "[")):
                self.found |= set(re.findall(r'"(?:description|label|title)": "([^"]*)"', value))

    def handle_data(self, data: str) -> None:
        self.found.add(data.strip())
        self.found |= set(re.findall(r'"(?:description|label|title)": "([^"]*)"', data))


@pytest.fixture
def reader(website: Website) -> Client:
    """An administrator, who sees every screen, with Arabic chosen in the account."""
    user = person("mudir", role=Role.ADMINISTRATOR)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "ar"})
    client = Client()
    client.force_login(user)
    return client


def screens(page: Page, menu: Menu) -> list[str]:
    names = ["wagtailadmin_home", "wagtailadmin_account", "wagtailimages:index", "wagtaildocs:index", "attention"]
    names += ["emergency", "website_data", "page_cache", "translation:report", "wagtailforms:index"]
    frame = Menu.snippet_viewset
    return [
        *(reverse(name) for name in names),
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:history", args=[page.pk]),
        reverse(frame.get_url_name("list")),
        reverse(frame.get_url_name("edit"), args=[menu.pk]),
    ]


def test_who_reads_arabic_meets_no_english_word_of_the_software(website: Website, reader: Client) -> None:
    page = website.translate(website.page("visit", title="Your visit", body=[("text", RichText("<p>نص</p>"))]))
    menu = MenuFactory(name="القائمة", locale=arabic())
    left = {}
    for address in screens(page, menu):
        response = reader.get(address)
        assert response.status_code == 200, address
        html = response.content.decode()
        assert 'lang="ar"' in html
        if found := Words(html).found & ENGLISH:
            left[address] = found
        assert "whats-new-in-wagtail" not in html
    assert left == {}


@pytest.mark.usefixtures("tasks_at_once")
def test_a_search_counts_what_it_has_found_in_words(website: Website, reader: Client) -> None:
    about = website.page("about", title="About us")
    html = reader.get(reverse("wagtailadmin_pages:search"), {"q": "About"}).content.decode()
    assert about.title in html
    assert not re.search(r"\d\s+None", html)


def test_the_scripts_speak_arabic_too(reader: Client) -> None:
    answer = reader.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    assert f'"Actions": {json.dumps("الإجراءات")}' in answer


def test_our_word_stands_before_an_untranslated_one_of_wagtail() -> None:
    with override("ar"):
        assert (gettext("Bold"), gettext("Italic")) == ("غامق", "مائل")
