"""Rendering the whole site into the cache, so that no visitor waits: after a deployment and after a flush."""

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache as once
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils import translation

from clinic.lib import clock
from content.pagecache import names
from content.pagecache.asked import WITHOUT_LANGUAGE, Environ
from content.pagecache.front import Front
from content.pagecache.link import link
from content.pagecache.versions import EPOCH

SITEMAP = "/sitemap.xml"
TURN_KEY = f"{names.WARMING}:turn"
TURN = 60_000  # milliseconds without progress after which another job may begin
SECONDS = 1.0
WARMED = "epoch"  # a field beside the progress: which emptying of the cache was followed by this warming
LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@dataclass(frozen=True, slots=True)
class Progress:
    """`begun` and `ended` in unix seconds, 0 for never; `kept` is how many of the `done` pages are in the cache."""

    total: int = 0
    done: int = 0
    kept: int = 0
    begun: int = 0
    ended: int = 0


@once
def front() -> Front:
    return Front(get_wsgi_application())


def warm() -> Progress | None:
    """Ask for each page of the sitemap as a visitor would; None while another job does. Raises `LinkFault`."""
    if link().call("SET", TURN_KEY, "1", "NX", "PX", TURN, seconds=SECONDS) is None:
        return None
    begun = int(clock.now().timestamp())
    done = kept = 0
    epoch: bytes | None = None
    try:
        paths = [*sorted(WITHOUT_LANGUAGE), *dict.fromkeys(found_paths())]
        epoch = link().call("HGET", names.VERSIONS, EPOCH, seconds=SECONDS)
        tell(Progress(total=len(paths), begun=begun))
        for done, path in enumerate(paths, start=1):
            kept += ask(path)[0] in ("hit", "miss", "stale")
            tell(Progress(total=len(paths), done=done, kept=kept, begun=begun))
            link().call("PEXPIRE", TURN_KEY, TURN, seconds=SECONDS)
    finally:
        # After a fault too, else it would come back every few seconds. A job that was killed is done again.
        link().call("HSET", names.WARMING, WARMED, epoch or b"", seconds=SECONDS)
        link().call("DEL", TURN_KEY, seconds=SECONDS)
    end = Progress(len(paths), done, kept, begun, int(clock.now().timestamp()))
    tell(end)
    return end


def is_due() -> bool:
    """Whether the cache was emptied since it was last warmed, whoever did it. Raises `LinkFault`."""
    if settings.DEBUG:  # nothing is stored
        return False
    epoch = link().call("HGET", names.VERSIONS, EPOCH, seconds=SECONDS)
    return epoch is None or epoch != link().call("HGET", names.WARMING, WARMED, seconds=SECONDS)


def found_paths() -> Iterator[str]:
    """The path of each page that search engines are told about."""
    _state, body = ask(SITEMAP)
    for place in ElementTree.fromstring(body).iter(LOCATION):  # noqa: S314 - written by ourselves a moment ago
        yield urlsplit(place.text or "").path


def ask(path: str) -> tuple[str, bytes]:
    """The X-Cache and the body of one page, asked for at the site's public address."""
    begun: list[Any] = []
    with translation.override(None):  # a request leaves its language behind in the worker's thread
        result = front()(request_for(path), lambda *words: begun.extend(words))
        try:
            body = b"".join(result)
        finally:
            if close := getattr(result, "close", None):
                close()
    return dict(begun[1]).get("X-Cache", ""), body


def request_for(path: str) -> Environ:
    place = urlsplit(settings.SITE_URL)
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(path, "latin-1"),
        "QUERY_STRING": "",
        "HTTP_HOST": place.netloc,
        "HTTP_X_FORWARDED_PROTO": place.scheme,  # read only where a proxy is declared
        "SERVER_NAME": place.hostname or "localhost",
        "SERVER_PORT": str(place.port or (443 if place.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": place.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }


def tell(progress: Progress) -> None:
    words = [part for name in Progress.__slots__ for part in (name, getattr(progress, name))]
    link().call("HSET", names.WARMING, *words, seconds=SECONDS)


def told() -> Progress:
    """The progress of the job that runs, else of the last one. Raises `LinkFault`."""
    fields = Progress.__slots__
    values = link().call("HMGET", names.WARMING, *fields, seconds=SECONDS)
    return Progress(**{name: int(value or 0) for name, value in zip(fields, values, strict=True)})
