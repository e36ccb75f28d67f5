"""What is never stored, and who is never answered from the cache."""

from typing import Any

import pytest
from django.conf import settings
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from wagtail.models import PageViewRestriction

from clinic.accounts.models import User
from content.pagecache.asked import best_encoding, canonical_query, read_request
from content.pagecache.front import Front
from content.pagecache.tags import never_store
from tests.home.website import Website
from tests.pagecache.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


def entries(memory: Any) -> list[bytes]:
    return list(memory.keys("iyada:pages:entry:*"))


def test_staff_are_answered_by_django_and_leave_nothing_behind(
    website: Website, visitor: Visitor, client: Client, memory: Any
) -> None:
    client.force_login(User.objects.create_superuser("reem", "reem@iyada.example", "a long password for reem"))
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    assert visitor.get("/en/", cookie=f"language=en; {cookie}").cache == "bypass"
    assert entries(memory) == []
    visitor.get("/en/")
    assert visitor.get("/en/", cookie=cookie).cache == "bypass"
    assert visitor.get("/en/", cookie="other=1; sessionidx=2").cache == "hit"


def test_a_restricted_page_is_never_stored(website: Website, visitor: Visitor, memory: Any) -> None:
    page = website.page("for-members")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="open")
    for _time in range(2):
        answer = visitor.get("/en/for-members/")
        assert answer.cache == "bypass"
        assert "csrfmiddlewaretoken" in answer.text
    assert entries(memory) == []


def answering(**headers: str) -> Any:
    """A site that answers every request with these headers."""

    def application(environ: Any, start: Any) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/html"), *headers.items()])
        return [b"<p>Hello</p>"]

    return application


@pytest.mark.parametrize(
    "headers",
    [
        {"Set-Cookie": "a=1"},
        {"Vary": "Accept-Encoding, Cookie"},
        {"Cache-Control": "private"},
        {"Cache-Control": "max-age=0, no-store"},
        {"Content-Encoding": "gzip"},
    ],
    ids=str,
)
def test_an_answer_for_one_visitor_is_not_stored(headers: dict[str, str], memory: Any) -> None:
    visitor = Visitor(Front(answering(**headers)))
    assert [visitor.get("/en/").cache for _time in range(2)] == ["bypass", "bypass"]
    assert entries(memory) == []


def test_the_same_answer_for_everybody_is_stored(memory: Any) -> None:
    visitor = Visitor(Front(answering()))
    assert [visitor.get("/en/").cache for _time in range(2)] == ["miss", "hit"]


def test_no_token_of_a_form_is_ever_stored(memory: Any) -> None:
    def hidden(environ: Any, start: Any) -> list[bytes]:
        # The template does not even name it, as when a script puts it into a header.
        request = RequestFactory().get("/")
        request.META = environ
        token = get_token(request)
        start("200 OK", [])
        return [token.encode()]

    def written(environ: Any, start: Any) -> list[bytes]:
        start("200 OK", [])
        return [b'<input type="hidden" name="csrfmiddlewaretoken" value="x">']

    for application in (hidden, written):
        assert Visitor(Front(application)).get("/en/").cache == "bypass"
    assert entries(memory) == []


def test_a_view_may_say_that_its_page_is_not_for_the_store(memory: Any) -> None:
    def application(environ: Any, start: Any) -> list[bytes]:
        never_store()
        start("200 OK", [])
        return [b"now"]

    assert Visitor(Front(application)).get("/en/").cache == "bypass"
    assert entries(memory) == []


def test_a_render_sees_nothing_of_its_visitor() -> None:
    seen: list[Any] = []

    def application(environ: Any, start: Any) -> Any:
        seen.append(environ)
        start("200 OK", [])
        return [b"x"]

    Visitor(Front(application)).get(
        "/en/?utm_source=letter&page=2",
        cookie="a=1; messages=secret; csrftoken=kept",
        accept_language="ar",
        if_none_match='"x"',
        range="bytes=0-1",
        referer="https://elsewhere.example/",
    )
    told = {name: value for name, value in seen[0].items() if name.startswith("HTTP_")}
    assert told == {"HTTP_HOST": "testserver", "HTTP_COOKIE": " csrftoken=kept"}
    assert seen[0]["QUERY_STRING"] == "page=2"


@pytest.mark.parametrize("query", ["page=2", "year=2026", "page=1&year=2030"])
def test_a_page_that_reads_no_query_is_not_stored_again_for_each(
    memory: Any, website: Website, visitor: Visitor, query: str
) -> None:
    visitor.get("/en/")
    before = entries(memory)
    assert visitor.get(f"/en/?{query}").cache == "bypass"
    assert entries(memory) == before


@pytest.mark.parametrize(
    ("query", "cache"),
    [("gender=female", "hit"), ("gender=female&page=1", "hit"), ("page=7", "bypass"), ("year=2026", "bypass")],
)
def test_a_list_is_stored_for_what_it_can_show(website: Website, visitor: Visitor, query: str, cache: str) -> None:
    visitor.get(f"/en/doctors/?{query}")
    assert visitor.get(f"/en/doctors/?{query}").cache == cache


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("utm_source=a&fbclid=b", ""),
        ("year=2026&page=2&gclid=x", "page=2&year=2026"),
        ("page=2&year=2026", "page=2&year=2026"),
        ("page=0", None),
        ("page=100", None),
        ("page=1&page=2", None),
        ("q=word", None),
        ("page=%32", None),
        ("x" * 2000, None),
    ],
)
def test_only_known_parameters_with_plain_values_make_an_entry(query: str, canonical: str | None) -> None:
    assert canonical_query(query) == canonical


@pytest.mark.parametrize(
    ("place", "query", "canonical"),
    [
        (
            "doctors/",
            "specialty=skin-1&page=2&gender=female&language=ar&location=amman",
            "gender=female&language=ar&location=amman&page=2&specialty=skin-1",
        ),
        ("doctors/", "specialty=&location=&language=&gender=&q=", ""),
        ("doctors/", "q=&specialty=skin", "specialty=skin"),
        ("doctors/", "order=&service=skin-check", "service=skin-check"),
        ("doctors/", "order=soonest", None),
        ("doctors/", "specialty=skin&specialty=", None),
        ("doctors/", "q=salma", None),
        ("doctors/", "q=+", None),
        ("doctors/", "specialty=Skin", None),
        ("doctors/", "language=" + "a" * 9, None),
        ("doctors/", "page=", None),
        ("services/", "specialty=skin", "specialty=skin"),
        ("services/", "specialty=", ""),
        ("services/", "location=amman", None),
        ("services/", "q=", None),
        ("", "specialty=skin", None),
        ("", "specialty=", None),
    ],
)
def test_the_filters_of_the_directory_make_entries_of_its_lists_alone(
    place: str, query: str, canonical: str | None
) -> None:
    assert canonical_query(query, place) == canonical


@pytest.mark.parametrize("address", ["/en/doctors/salma/", "/en/doctors", "/en/news/", "/en/", "/sitemap.xml"])
def test_elsewhere_a_filter_is_nothing_that_is_stored(address: str) -> None:
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": address, "HTTP_HOST": "testserver", "SERVER_PORT": "80"}
    assert read_request(asked) is not None
    assert read_request({**asked, "QUERY_STRING": "specialty=skin"}) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"REQUEST_METHOD": "POST"},
        {"PATH_INFO": "/admin/"},
        {"PATH_INFO": "/en"},
        {"PATH_INFO": "/en/a?b"},
        {"PATH_INFO": "/en/\xff"},
        {"PATH_INFO": "/en/\n"},
        {"PATH_INFO": "/en/" + "a" * 600},
        {"HTTP_AUTHORIZATION": "Basic eA=="},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": "testserver:4711"},
        {"HTTP_HOST": "testserver@x"},
        {"HTTP_HOST": ""},
        {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}="},
    ],
    ids=str,
)
def test_everything_else_is_none_of_the_caches_business(changes: dict[str, str]) -> None:
    plain = {"REQUEST_METHOD": "GET", "PATH_INFO": "/en/", "HTTP_HOST": "testserver", "SERVER_PORT": "80"}
    assert read_request(plain) is not None
    assert read_request({**plain, **changes}) is None


def test_absurd_requests_are_answered_without_a_fault(website: Website, visitor: Visitor) -> None:
    for address, headers in (
        ("/en/" + "%FF" * 3000, {}),
        ("/en/?" + "a=b&" * 5000, {}),
        ("/en/", {"accept_encoding": "br;q=x, ;;;,,=" * 500}),
        ("/en/", {"if_none_match": '"' * 9000}),
        ("/en/", {"cookie": ";=;" * 3000}),
    ):
        assert visitor.get(address, **headers).status in (200, 301, 400, 404)


def test_http_and_https_are_two_entries(website: Website, visitor: Visitor, settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = None
    assert visitor.get("/en/", x_forwarded_proto="https").cache == "miss"
    assert visitor.get("/en/").cache == "hit"  # nobody declared a proxy
    assert visitor.get("/en/", https=True).cache == "miss"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert visitor.get("/en/", x_forwarded_proto="https").cache == "hit"


def test_a_browser_that_has_the_page_is_told_so(website: Website, visitor: Visitor) -> None:
    etag = visitor.get("/en/", accept_encoding="br").headers["ETag"]
    for known in (etag, f'"other", W/{etag}', "*"):
        answer = visitor.get("/en/", accept_encoding="br", if_none_match=known)
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers["ETag"] == etag
        assert not {"Content-Length", "Content-Type", "Content-Encoding"} & set(answer.headers)
    assert visitor.get("/en/", accept_encoding="gzip", if_none_match=etag).status == 200


def test_head_tells_what_get_would(website: Website, visitor: Visitor) -> None:
    head = visitor.get("/en/", method="HEAD")
    answer = visitor.get("/en/")
    assert (head.cache, head.body) == ("miss", b"")
    assert visitor.get("/en/", method="HEAD").headers == answer.headers
    assert head.headers["Content-Length"] == str(len(answer.body))


def test_encodings_are_weighed() -> None:
    assert best_encoding("gzip;q=1.0, br;q=0.5") == "gzip"
    assert best_encoding("*") == "br"
    assert best_encoding("") == "identity"


def test_no_sender_puts_a_prefix_before_the_links_of_a_stored_page(
    website: Website, visitor: Visitor, memory: Any
) -> None:
    """Gunicorn reads a header SCRIPT_NAME from proxies on its own machine, and some of them pass on a visitor's."""
    prefixed = Visitor(lambda environ, start: visitor.application(environ | {"SCRIPT_NAME": "/evil"}, start))
    assert prefixed.get("/en/").cache == "bypass"
    assert entries(memory) == []
    assert "/evil" not in visitor.get("/en/").text
