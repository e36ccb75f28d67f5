"""A page is rendered once and then sent from the cache, until something that it shows changes."""

import gzip

import brotli
import pytest
from django.test import Client

from home.models import HomePage
from tests.home.website import Website
from tests.pagecache.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_second_visitor_gets_the_page_from_the_cache(website: Website, visitor: Visitor, client: Client) -> None:
    first, second = visitor.get("/en/"), visitor.get("/en/")
    assert (first.status, first.cache) == (200, "miss")
    assert (second.status, second.cache) == (200, "hit")
    assert second.body == first.body == client.get("/en/").content
    assert second.headers["Age"] == "0"
    assert second.headers["Vary"] == "Accept-Encoding"
    assert second.headers["Content-Length"] == str(len(first.body))


def test_a_page_travels_as_the_browser_likes_it(website: Website, visitor: Visitor) -> None:
    plain = visitor.get("/en/").body
    for accepted, encoding, unpack in (
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
    ):
        answer = visitor.get("/en/", accept_encoding=accepted)
        assert (answer.cache, answer.headers["Content-Encoding"]) == ("hit", encoding)
        assert unpack(answer.body) == plain
    assert "Content-Encoding" not in visitor.get("/en/", accept_encoding="identity, br;q=0").headers


def test_a_publication_is_seen_by_the_next_request(website: Website, visitor: Visitor) -> None:
    visitor.get("/en/")
    assert visitor.get("/en/").cache == "hit"
    page = HomePage.objects.get(pk=website.homes["en"].pk)
    page.title = "A clinic by the sea"
    page.save_revision().publish()
    answer = visitor.get("/en/")
    assert answer.cache == "miss"
    assert "A clinic by the sea" in answer.text
    assert visitor.get("/en/").cache == "hit"


def test_a_draft_makes_no_page_old(website: Website, visitor: Visitor) -> None:
    visitor.get("/en/")
    page = HomePage.objects.get(pk=website.homes["en"].pk)
    page.title = "Not yet"
    page.save_revision()
    assert visitor.get("/en/").cache == "hit"
