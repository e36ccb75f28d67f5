"""The front of the site, asked as a web server asks it, on a database whose commits are real."""

import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client
from redis import Redis

from clinic.lib import patience
from content.pagecache import asked, faults, link, store, versions
from content.pagecache.copies import copies
from content.pagecache.front import Application, Front
from tests.faults.conftest import cache_at, folder, valkey  # noqa: F401 - fixtures
from tests.home.website import Website, open_website


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def cache(self) -> str:
        return self.headers["X-Cache"]

    @property
    def text(self) -> str:
        return self.body.decode()


class Visitor:
    """Asks the front, in this thread. `finish=False` leaves what the server does after the last byte undone."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def get(self, address: str, *, method: str = "GET", https: bool = False, **headers: str) -> Answer:
        path, _sign, query = address.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": unquote(path, "latin-1"),
            "SCRIPT_NAME": "",
            "QUERY_STRING": query,
            "HTTP_HOST": "testserver",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "https" if https else "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        begun: list[Any] = []
        result = self.application(environ, lambda *words: begun.extend(words[:2]))
        body = b"".join(result)
        if close := getattr(result, "close", None):
            close()
        names = [name for name, _value in begun[1]]
        assert len(names) == len(set(names)) or "Set-Cookie" in names, names
        return Answer(int(begun[0].split()[0]), dict(begun[1]), body)


@pytest.fixture
def website(transactional_db: None) -> Website:
    website = open_website()
    website.show()
    # The first pages of a new site make rows of their own, as those of its settings, and so make themselves old.
    for address in ("/en/", "/ar/", "/en/"):
        Client().get(address)
    website.homes["en"].save_revision()
    return website


@pytest.fixture(autouse=True)
def memory(settings: Any) -> Iterator[Redis]:
    """The cache of this test's own, empty."""
    with Redis.from_url(settings.CACHES["default"]["LOCATION"]) as server:
        server.flushdb()
        calm()
        yield server
        server.flushdb()
        calm()


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine an answer may take longer than a visitor waits; tests of waiting set their own times."""
    monkeypatch.setattr(patience, "PATIENCE", 20)
    monkeypatch.setattr(store, "ONE_CALL", 20)
    monkeypatch.setattr(versions, "SECONDS", 20)
    monkeypatch.setattr(link, "CONNECT", 20)


def calm() -> None:
    copies.kept.clear()
    asked.known_address.cache_clear()
    patience.breaker.reset()
    faults.Trust.shaken = False
    faults.counted.clear()
    faults.untold.clear()


@pytest.fixture
def nowhere() -> Iterator[str]:
    """The address of a Valkey that refuses every connection."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        yield f"redis://127.0.0.1:{closed.getsockname()[1]}/0"


@pytest.fixture
def visitor() -> Visitor:
    return Visitor(Front(get_wsgi_application()))
