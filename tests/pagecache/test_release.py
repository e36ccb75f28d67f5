"""New code makes every stored page old; two processes of one release leave each other's pages alone."""

from pathlib import Path
from typing import Any

import pytest

from content.pagecache import release
from content.pagecache.models import Debt
from content.pagecache.versions import current_versions
from tests.home.website import Website
from tests.pagecache.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A template of the site's code, which a release may change."""
    template = tmp_path / "templates" / "base.html"
    template.parent.mkdir()
    template.write_text("old")
    monkeypatch.setattr(release, "ROOT", tmp_path)
    return template


def test_pages_of_another_release_are_old(website: Website, visitor: Visitor, code: Path) -> None:
    release.announce_release()
    assert [visitor.get("/en/").cache for _time in range(2)] == ["miss", "hit"]
    code.write_text("new")
    release.announce_release()
    assert visitor.get("/en/").cache == "miss"


def test_two_processes_of_one_release_do_not_empty_the_cache_for_each_other(
    website: Website, visitor: Visitor, code: Path
) -> None:
    release.announce_release()
    before = current_versions()
    visitor.get("/en/")
    release.announce_release()
    assert visitor.get("/en/").cache == "hit"
    assert current_versions() == before


def test_the_address_of_the_site_is_part_of_a_release(code: Path, settings: Any) -> None:
    before = release.release()
    settings.SITE_URL = "https://elsewhere.example"
    assert release.release() != before


def test_a_release_that_the_cache_could_not_hear_of_is_a_debt(code: Path, cache_at: Any, nowhere: str) -> None:
    cache_at(nowhere)
    release.announce_release()
    assert Debt.objects.exists()
