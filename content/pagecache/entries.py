"""A stored page: plain fields and bytes that any client can read. The format stands in docs/decisions/0024."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import brotli

from clinic.lib import clock
from clinic.lib.variants import VARIANT
from content.pagecache.asked import Asked, Environ
from content.pagecache.moments import end_of, next_expiry
from content.pagecache.tags import Collection
from content.pagecache.versions import EPOCH

Headers = list[tuple[str, str]]
FRESH = timedelta(hours=1)  # then it is rendered again while visitors still get the stored one
LIFE = timedelta(days=1)
LIFE_OF_A_VARIANT = timedelta(minutes=2)  # of a page with a query: there may be many that nobody asks for twice
LARGEST = 2 * 1024 * 1024  # bytes before compression
NOT_KEPT = frozenset(
    [
        "age",
        "connection",
        "content-encoding",
        "content-length",
        "date",
        "etag",
        "keep-alive",
        "server",
        "transfer-encoding",
        "vary",
    ]
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """What Django answered: `status` as in "200 OK"."""

    status: str
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """`ends` in unix milliseconds; `words` and `bodies` (by encoding) are the fields of the hash."""

    words: dict[str, str]
    headers: Headers
    bodies: dict[str, bytes]
    ends: int

    @property
    def fields(self) -> dict[str, bytes | str]:
        lines = "\n".join(f"{name}: {value}" for name, value in self.headers)
        return {**self.words, "headers": lines.encode("latin-1"), **self.bodies}


def why_not(
    environ: Environ, asked: Asked, rendered: Rendered, collection: Collection, versions: Mapping[str, str]
) -> str:
    """Why the page may not be stored, in a few words; "" if it may."""
    headers = {name.lower(): value.lower() for name, value in rendered.headers}
    varies = {name.strip() for name in headers.get("vary", "").split(",")} - {"", "accept-encoding", "accept-language"}
    control = headers.get("cache-control", "")
    for reason, found in (
        (collection.why_not, bool(collection.why_not)),
        ("status", not rendered.status.startswith("200")),
        ("sets a cookie", "set-cookie" in headers),
        ("varies", bool(varies)),
        ("private", any(word in control for word in ("private", "no-store", "no-cache"))),
        # The first is set by whoever asks Django for a token; the second is the last line of defence.
        ("CSRF token", "CSRF_COOKIE_NEEDS_UPDATE" in environ or b"csrfmiddlewaretoken" in rendered.body),
        ("encoded", "content-encoding" in headers),
        ("the query says nothing", asked.variant and VARIANT not in environ),
        ("too large", len(rendered.body) > LARGEST),
        ("no epoch", EPOCH not in versions),
    ):
        if found:
            return reason
    return ""


def make_entry(
    asked: Asked, rendered: Rendered, collection: Collection, versions: Mapping[str, str], *, shared: str
) -> Entry:
    """`versions` are those from before the render; `shared` is the Cache-Control of a page that names none."""
    now = clock.now()
    life = LIFE_OF_A_VARIANT if asked.variant else LIFE
    until = end_of(life, collection.until, next_expiry(collection.tables))
    stamp = [f"{EPOCH} {versions[EPOCH]}", *(f"{tag} {versions.get(tag, '0')}" for tag in collection.tags)]
    headers = [(name, value) for name, value in rendered.headers if name.lower() not in NOT_KEPT]
    if not any(name.lower() == "cache-control" for name, _value in headers):
        headers.append(("Cache-Control", shared))
    headers.append(("Vary", "Accept-Encoding"))
    return Entry(
        ends=int(until.timestamp() * 1000),
        headers=headers,
        words={
            "status": rendered.status.partition(" ")[0],
            "etag": hashlib.blake2b(rendered.body, digest_size=12).hexdigest(),
            "stamp": "\n".join(stamp),
            "stored": str(int(now.timestamp())),
            "fresh": f"{min(until, now + FRESH).timestamp():.3f}",
            "until": f"{until.timestamp():.3f}",
        },
        bodies={
            "identity": rendered.body,
            "gzip": gzip.compress(rendered.body, compresslevel=6, mtime=0),
            "br": brotli.compress(rendered.body, mode=brotli.MODE_TEXT, quality=5),
        },
    )
