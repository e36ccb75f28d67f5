"""The front of the site: answers from the page cache where it can, asks Django where it must.

A WSGI application round Django's. The order of things is what makes it right: the versions of all tags are read
before a page is rendered, so one that was rendered from older rows carries older versions and never counts.
"""

import logging
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings

from clinic.lib import patience
from content.pagecache import faults, store
from content.pagecache.answers import answer_from, describe
from content.pagecache.asked import Asked, Environ, for_everybody, read_request, without_tracking
from content.pagecache.copies import copies
from content.pagecache.debts import regain_trust
from content.pagecache.entries import Headers, Rendered, make_entry, why_not
from content.pagecache.link import LinkFault
from content.pagecache.tags import collecting

log = logging.getLogger(__name__)
Start = Callable[..., Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
LONGEST_WAIT = 2  # seconds, for a page that another request renders
# Browsers ask each time and mostly hear "not changed"; no cache between may keep what a publication has changed.
CACHE_CONTROL = "public, max-age=0, must-revalidate"


class Front:
    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        with patience.one_request():
            asked = None if settings.DEBUG else read_request(environ)
            if asked is None or not trusted():
                return self.pass_on(environ, start)
            return self.answer(asked, environ, start)

    def pass_on(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """What is not for the cache, as Django answers it."""
        if environ.get("QUERY_STRING") and environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            environ["QUERY_STRING"] = without_tracking(environ["QUERY_STRING"])

        def start_marked(status: str, headers: Headers, *rest: Any) -> Any:
            return start(status, [*headers, ("X-Cache", "bypass")], *rest)

        return self.application(environ, start_marked)

    def answer(self, asked: Asked, environ: Environ, start: Start) -> Iterable[bytes]:
        plain = not (asked.head or asked.if_none_match)
        me, give_up = "", 0.0
        while True:
            try:
                if plain and (copy := copies.find(asked)):
                    start(copy.status, [*copy.headers, ("Age", str(max(0, int(time.time()) - copy.found.stored)))])
                    return [copy.found.body]
                if not me:
                    me, give_up = uuid.uuid4().hex, time.monotonic() + LONGEST_WAIT
                found = store.look_up(asked, me)
                if found.state == "miss" and found.turn == "wait" and time.monotonic() < give_up:
                    store.wait_for_entry(asked)
                    continue
            except LinkFault as fault:
                faults.note_fault("asking", fault)
                return self.pass_on(environ, start)
            break
        if found.state == "miss":
            return self.render(asked, environ, start, found.versions, me)
        if plain:
            copies.keep(asked, found)
        status, headers = describe(found, asked)
        start(status, headers)
        if found.turn in ("yes", "open"):
            return Refreshing(found.body, lambda: self.refresh(asked, environ, me))
        return [found.body]

    def render(
        self, asked: Asked, environ: Environ, start: Start, versions: dict[str, str], me: str
    ) -> Iterable[bytes]:
        """Ask Django, and keep the page if it is one for everybody."""
        plain = for_everybody(environ, asked)
        begun: list[Any] = []

        def start_later(*words: Any) -> None:
            begun[:] = words

        kept = False
        try:
            with collecting() as collection:
                result = self.application(plain, start_later)
                streams = getattr(result, "streaming", False)
                if not streams:
                    rendered = Rendered(begun[0], begun[1], whole(result))
            if not streams and not (reason := why_not(plain, asked, rendered, collection, versions)):
                entry = make_entry(asked, rendered, collection, versions, shared=CACHE_CONTROL)
                kept = keep(asked, entry, me)
                fresh = answer_from(entry, asked)
                start(*describe(fresh, asked))
                return [fresh.body]
        finally:
            if not kept:
                release(asked, me)
        if streams:
            start(begun[0], [*begun[1], ("X-Cache", "bypass")], *begun[2:])
            return result
        log.debug("Not stored, %s: %s", reason, asked.address)
        start(rendered.status, [*rendered.headers, ("X-Cache", "bypass")])
        return [b"" if asked.head else rendered.body]

    def refresh(self, asked: Asked, environ: Environ, me: str) -> None:
        """Render a page anew that is old by time only; its visitor has been answered."""
        with patience.one_request():
            try:
                versions = store.versions_now()
            except LinkFault as fault:
                faults.note_fault("refreshing", fault)
                return
            for _part in self.render(asked, environ, unheard, versions, me):
                pass


class Refreshing:
    """A body after whose last byte the server does more: it calls `close` when the visitor has everything."""

    def __init__(self, body: bytes, afterwards: Callable[[], None]) -> None:
        self.body, self.afterwards = body, afterwards

    def __iter__(self) -> Iterator[bytes]:
        yield self.body

    def close(self) -> None:
        self.afterwards()


def unheard(*words: Any) -> None:
    """The start of an answer that nobody waits for."""


def trusted() -> bool:
    """Whether the cache may be asked: it answers, and has missed no change that this process knows of."""
    if patience.breaker.is_open:
        faults.Trust.shaken = True
        return False
    return not faults.Trust.shaken or regain_trust()


def whole(result: Iterable[bytes]) -> bytes:
    try:
        return b"".join(result)
    finally:
        if close := getattr(result, "close", None):
            close()


def keep(asked: Asked, entry: Any, me: str) -> bool:
    try:
        store.keep(asked, entry, me)
    except LinkFault as fault:
        faults.note_fault("storing", fault)
        return False
    return True


def release(asked: Asked, me: str) -> None:
    if patience.breaker.is_open:
        return
    try:
        store.release(asked, me)
    except LinkFault as fault:
        faults.note_fault("giving back", fault)
