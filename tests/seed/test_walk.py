"""A visitor who follows every link of the starter clinic, in both languages."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from wagtail.models import Page

from content import models as content
from home.starter.pages import entries

pytestmark = pytest.mark.usefixtures("clinic")
LANGUAGES = ("en", "ar")
# English that stands in Arabic pages rightly: names of sources, networks, formats, languages, the maker's words.
ENGLISH = re.compile(r"\b(?:the|and|of the|with|your|our|you|please|book|read|more|visit|doctors?)\b", re.IGNORECASE)

EMPTY = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "path", "circle", "use"}


class Reading(HTMLParser):
    """What a visitor meets: links, pictures without alternative text, and the text that is not marked as foreign."""

    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.links: set[str] = set()
        self.speechless: list[str] = []
        self.text = ""
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.add(urljoin(self.address, str(given["href"])).partition("#")[0])
        if tag == "img" and "alt" not in given:
            self.speechless.append(str(given.get("src")))
        is_foreign = tag in {"script", "style"} or given.get("lang") == "en" or given.get("class") == "sources"
        if (is_foreign or self.silent) and tag not in EMPTY:
            self.silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.text += data


def addresses(language: str) -> list[str]:
    pages = Page.objects.filter(locale__language_code=language, live=True, depth__gt=1).specific()
    return [str(page.url) for page in pages]


def test_every_page_type_is_there_in_both_languages() -> None:
    named = {entry.type_name for entry in entries() if not entry.is_demo}
    types = {name for name in content.__all__ if issubclass(getattr(content, name), Page)}
    assert named == types
    for name in types:
        for language in LANGUAGES:
            assert getattr(content, name).objects.filter(live=True, locale__language_code=language).exists(), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_to_a_page_and_every_picture_speaks(client: Client, language: str) -> None:
    seen: set[str] = set()
    todo = {urlsplit(address).path for address in addresses(language)}

    assert len(todo) > 25
    while todo:
        address = todo.pop()
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        if "html" not in answer["Content-Type"]:
            continue
        page = Reading(address)
        page.feed(answer.content.decode())
        assert page.speechless == [], address
        if language == "ar" and "/book/" not in address:
            english = [line.strip() for line in page.text.splitlines() if ENGLISH.search(line)]
            assert english == [], address
        inside = {
            urlsplit(link).path for link in page.links if urlsplit(link).netloc in {"", "localhost", "testserver"}
        }
        todo |= {path for path in inside if path.startswith(f"/{language}/") and "/book/" not in path} - seen
