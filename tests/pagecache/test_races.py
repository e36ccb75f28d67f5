"""A page that is rendered while somebody publishes is never kept as the current one."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection

from content.pagecache import front, scripts, store
from content.pagecache.front import Front
from home.models import HomePage
from tests.home.website import Website
from tests.pagecache.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


class Held:
    """Django, which after rendering a page holds it back until it is let go."""

    def __init__(self) -> None:
        self.django = get_wsgi_application()
        self.rendered, self.go = threading.Event(), threading.Event()
        self.renders = 0

    def __call__(self, environ: Any, start: Callable[..., Any]) -> Any:
        self.renders += 1
        answer = self.django(environ, start)
        self.rendered.set()
        assert self.go.wait(20)
        return answer


@pytest.fixture
def crowd() -> Iterator[ThreadPoolExecutor]:
    """Visitors in threads of their own, each with its connection to the database closed afterwards."""
    with ThreadPoolExecutor(100) as pool:
        yield pool


def ask(visitor: Visitor, address: str) -> Any:
    try:
        return visitor.get(address)
    finally:
        connection.close()


def publish(website: Website, title: str) -> None:
    page = HomePage.objects.get(pk=website.homes["en"].pk)
    page.title = title
    page.save_revision().publish()


def publish_during_a_render(website: Website, crowd: ThreadPoolExecutor) -> Any:
    """What the next visitor gets after a publication that came between rendering a page and keeping it."""
    held = Held()
    visitor = Visitor(Front(held))
    slow = crowd.submit(ask, visitor, "/en/")
    assert held.rendered.wait(20)
    publish(website, "After the publication")
    held.go.set()
    assert "After the publication" not in slow.result(20).text
    return visitor.get("/en/")


def test_a_publication_during_a_render_is_seen_by_the_next_visitor(website: Website, crowd: ThreadPoolExecutor) -> None:
    answer = publish_during_a_render(website, crowd)
    assert answer.cache == "miss"
    assert "After the publication" in answer.text


def test_with_versions_read_after_the_render_it_would_not_be(
    website: Website, crowd: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The negative control: the race is there, and only the order of things keeps it away.
    make = Front.render.__globals__["make_entry"]

    def make_late(asked: Any, rendered: Any, collection: Any, versions: Any, **options: Any) -> Any:
        return make(asked, rendered, collection, store.versions_now(), **options)

    monkeypatch.setitem(Front.render.__globals__, "make_entry", make_late)
    answer = publish_during_a_render(website, crowd)
    assert answer.cache == "hit"
    assert "After the publication" not in answer.text


def test_a_hundred_visitors_of_a_missing_page_cost_one_render(website: Website, crowd: ThreadPoolExecutor) -> None:
    held = Held()
    visitor = Visitor(Front(held))
    waiting = threading.Semaphore(0)
    wait = store.wait_for_entry

    def wait_and_tell(asked: Any) -> None:
        waiting.release()
        wait(asked)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "wait_for_entry", wait_and_tell)
        patch.setattr(store, "RENDER_LOST", 60_000)
        patch.setattr(front, "LONGEST_WAIT", 60)
        visits = [crowd.submit(ask, visitor, "/en/") for _number in range(100)]
        assert held.rendered.wait(20)
        for _number in range(99):
            assert waiting.acquire(timeout=20)
        held.go.set()
        answers = [visit.result(60) for visit in visits]
    assert held.renders == 1
    assert sorted(answer.cache for answer in answers) == ["hit"] * 99 + ["miss"]
    assert len({answer.body for answer in answers}) == 1


def test_nobody_waits_for_a_render_that_died(website: Website, visitor: Visitor, memory: Any) -> None:
    memory.set("iyada:pages:lock:http://testserver/en/", "killed", px=200)
    assert visitor.get("/en/").cache == "miss"
    assert visitor.get("/en/").cache == "hit"


def test_where_pages_are_not_stored_nobody_takes_turns(website: Website, visitor: Visitor, memory: Any) -> None:
    assert visitor.get("/en/doctors").status == 301
    assert memory.get("iyada:pages:lock:http://testserver/en/doctors") == b"-"
    assert visitor.get("/en/doctors").cache == "bypass"


def test_the_programs_survive_a_server_that_forgets_them(website: Website, visitor: Visitor, memory: Any) -> None:
    visitor.get("/en/")
    memory.script_flush()
    assert visitor.get("/en/").cache == "hit"
    assert memory.script_exists(scripts.LOOKUP.digest) == [True]
