"""The page cache behind the real web server, in two processes, over HTTP."""

import gzip
import http.client
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from config.env import ROOT, inherited
from content.pagecache import versions
from content.pagecache.state import read_state
from home.models import HomePage
from tests.faults.site import free_port
from tests.home.website import Website
from tests.pagecache.conftest import Answer

pytestmark = pytest.mark.django_db(transaction=True)
Ask = Callable[..., Answer]


def database_url() -> str:
    place = connection.settings_dict
    return f"postgres://{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}/{place['NAME']}"


@pytest.fixture
def ask(website: Website, settings: Any) -> Iterator[Ask]:
    """Asks gunicorn for a page of this test's website."""
    port = free_port()
    environment = inherited(
        DATABASE_URL=database_url(),
        REDIS_URL=settings.CACHES["default"]["LOCATION"],
        DJANGO_SETTINGS_MODULE="config.settings.test",
        IYADA_SITE_URL=f"http://127.0.0.1:{port}",
    )
    options = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload", "--no-control-socket"]
    argv = [
        sys.executable,
        "-m",
        "gunicorn",
        "tests.pagecache.patient:application",
        "--bind",
        f"127.0.0.1:{port}",
        *options,
    ]
    server = subprocess.Popen(argv, env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert server.stderr
    lines = []
    for line in server.stderr:
        lines.append(line)
        if "Booting worker" in line:
            break
    else:
        raise AssertionError("".join(lines))

    def get(address: str, **headers: str) -> Answer:
        there = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        there.request("GET", address, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = there.getresponse()
        body = answer.read()
        there.close()
        return Answer(answer.status, dict(answer.getheaders()), body)

    yield get
    server.terminate()
    server.communicate(timeout=30)


def test_pages_come_from_the_cache_through_the_web_server(ask: Ask, website: Website) -> None:
    first, second = ask("/en/"), ask("/en/", Accept_Encoding="gzip")
    assert (first.status, first.cache, second.cache) == (200, "miss", "hit")
    assert gzip.decompress(second.body) == first.body
    assert int(second.headers["Content-Length"]) == len(second.body)
    known = ask("/en/", Accept_Encoding="gzip", If_None_Match=second.headers["ETag"])
    assert (known.status, known.body) == (304, b"")
    assert ask("/en/", Cookie="sessionid=any").cache == "bypass"
    page = HomePage.objects.get(pk=website.homes["en"].pk)
    page.title = "Published in another process"
    page.save_revision().publish()
    for _process in range(8):
        assert "Published in another process" in ask("/en/").text


def test_a_hundred_simultaneous_requests_cost_one_render(ask: Ask) -> None:
    ask("/ar/")  # what a new process loads with its first page
    ask("/en/")
    versions.flush()
    with ThreadPoolExecutor(100) as crowd:
        answers = list(crowd.map(ask, ["/en/"] * 100))
    assert {answer.status for answer in answers} == {200}
    assert sorted(answer.cache for answer in answers) == ["hit"] * 99 + ["miss"]
    assert len({answer.body for answer in answers}) == 1
    state = read_state()
    assert (state.misses, state.hits) == (1, 99)
