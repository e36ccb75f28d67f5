"""A page that is old by time only: visitors get it at once, and it is rendered again after the last byte."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application

from clinic.lib import clock
from content.pagecache import entries
from content.pagecache.front import Front
from home.models import HomePage
from tests.home.website import Website
from tests.pagecache.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


class Counting:
    """Django, and how often it was asked."""

    def __init__(self) -> None:
        self.django: Any = get_wsgi_application()
        self.renders = 0

    def __call__(self, environ: Any, start: Any) -> Any:
        self.renders += 1
        return self.django(environ, start)


@pytest.fixture
def django() -> Counting:
    return Counting()


@pytest.fixture
def aged(website: Website, django: Counting, monkeypatch: pytest.MonkeyPatch) -> Front:
    """A front with a stored home page that has just become stale."""
    front = Front(django)
    with monkeypatch.context() as patch:
        patch.setattr(entries, "FRESH", timedelta(seconds=-1))
        assert Visitor(front).get("/en/").cache == "miss"
    return front


def environ() -> dict[str, Any]:
    caught: list[Any] = []

    def catch(environ: Any, start: Any) -> Any:
        caught.append(environ)
        start("200 OK", [])
        return [b""]

    Visitor(catch).get("/en/")
    return dict(caught[0])


def test_the_visitor_has_the_whole_page_before_the_render_begins(aged: Front, django: Counting) -> None:
    begun: list[Any] = []
    result: Any = aged(environ(), lambda *words: begun.extend(words))
    body = b"".join(result)
    assert dict(begun[1])["X-Cache"] == "stale"
    assert b"</html>" in body
    assert django.renders == 1  # the one from before
    result.close()
    assert django.renders == 2
    assert Visitor(aged).get("/en/").cache == "hit"
    assert django.renders == 2


def test_of_many_visitors_one_has_it_rendered(aged: Front, django: Counting) -> None:
    states: list[str] = []

    def note(_status: str, headers: Any) -> None:
        states.append(dict(headers)["X-Cache"])

    results: list[Any] = [aged(environ(), note) for _visitor in range(5)]
    assert states == ["stale"] * 5
    for result in results:
        if close := getattr(result, "close", None):
            close()
    assert django.renders == 2


def test_a_change_is_never_stale_but_missed(aged: Front, website: Website) -> None:
    page = HomePage.objects.get(pk=website.homes["en"].pk)
    page.title = "Published meanwhile"
    page.save_revision().publish()
    answer = Visitor(aged).get("/en/")
    assert (answer.cache, "Published meanwhile" in answer.text) == ("miss", True)


def test_a_page_whose_time_is_over_is_not_sent_at_all(aged: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now() + entries.LIFE
    monkeypatch.setattr(clock, "now", lambda: later)
    assert Visitor(aged).get("/en/").cache == "miss"


def test_a_renewal_that_fails_leaves_the_visitor_in_peace(aged: Front, django: Counting) -> None:
    def broken(environ: Any, start: Any) -> Any:
        start("500 Internal Server Error", [])
        return [b"broken"]

    django.django = broken
    assert Visitor(aged).get("/en/").cache == "stale"
    assert Visitor(aged).get("/en/").status == 200
