"""The site is rendered into the cache before visitors come: after a release, a flush, a fault."""

from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

from content.pagecache import names, tasks, versions, warming
from content.pagecache.state import read_state
from tests.home.website import Website
from tests.pagecache.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the worker was told to warm."""
    told: list[str] = []
    monkeypatch.setattr(tasks.warm_pages, "delay", lambda: told.append("warm"))
    return told


def at_site(visitor: Visitor, address: str) -> Any:
    return visitor.get(address, host="localhost:8000")


@pytest.fixture(autouse=True)
def known_address(settings: Any) -> None:
    settings.SITE_URL = "http://localhost:8000"


def test_the_job_renders_every_page_that_search_engines_know(website: Website, visitor: Visitor) -> None:
    website.translate(website.page("about"), slug="about-ar")
    tasks.warm_pages()
    for address in ("/en/", "/ar/", "/en/about/", "/ar/about-ar/", "/sitemap.xml"):
        assert at_site(visitor, address).cache == "hit", address
    progress = warming.told()
    assert progress.total == progress.done == progress.kept >= 5
    assert progress.ended >= progress.begun > 0


def test_the_worker_keeps_its_language(website: Website) -> None:
    before = translation.get_language()
    warming.warm()
    assert translation.get_language() == before


def test_its_progress_can_be_watched(website: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []
    ask = warming.ask

    def ask_and_look(path: str) -> Any:
        if warming.told().total:
            seen.append((warming.told().done, warming.told().total))
        return ask(path)

    monkeypatch.setattr(warming, "ask", ask_and_look)
    warming.warm()
    total = warming.told().total
    assert seen == [(done, total) for done in range(total)]


def test_two_jobs_do_not_warm_side_by_side(website: Website, memory: Any) -> None:
    memory.set(warming.TURN_KEY, "1", px=60_000)
    assert warming.warm() is None
    memory.delete(warming.TURN_KEY)
    assert warming.warm()


def test_whatever_empties_the_cache_has_it_warmed_once(website: Website, asked: list[str], memory: Any) -> None:
    for empty in (memory.flushdb, versions.flush, lambda: memory.delete(names.VERSIONS)):
        empty()
        tasks.warm_after_emptying()
        assert asked.pop() == "warm"
        warming.warm()
        tasks.warm_after_emptying()
        assert asked == []


def test_a_flush_during_the_job_is_followed_by_another(
    website: Website, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = warming.ask

    def ask_while_somebody_flushes(path: str) -> Any:
        if path == "/en/":
            versions.flush()
        return ask(path)

    with monkeypatch.context() as patch:
        patch.setattr(warming, "ask", ask_while_somebody_flushes)
        warming.warm()
    tasks.warm_after_emptying()
    assert asked == ["warm"]


def test_a_job_that_fails_gives_its_turn_back_and_is_not_repeated_for_ever(
    website: Website, asked: list[str], monkeypatch: pytest.MonkeyPatch, memory: Any
) -> None:
    def fail(progress: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(warming, "tell", fail)
        with pytest.raises(ZeroDivisionError):
            warming.warm()
    assert not memory.exists(warming.TURN_KEY)
    tasks.warm_after_emptying()
    assert asked == []


def test_without_the_cache_the_job_waits_for_better_times(asked: list[str], cache_at: Any, nowhere: str) -> None:
    cache_at(nowhere)
    tasks.warm_after_emptying()
    assert asked == []


def test_an_operator_warms_empties_and_looks(website: Website, capsys: Any, asked: list[str]) -> None:
    call_command("pagecache", "warm", "--here")
    total = warming.told().total
    assert f"{total} of {total} pages are in the cache." in capsys.readouterr().out
    call_command("pagecache", "flush")
    assert "Every stored page is old now." in capsys.readouterr().out
    assert asked == ["warm"]
    assert read_state().misses == 0
    call_command("pagecache", "status")
    out = capsys.readouterr().out
    assert f"entries  {total}" in out
    assert f"warming  {total} of {total}, {total} kept" in out
