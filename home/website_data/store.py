"""The parts in the cache, under keys that other programs know. Without a cache each is made anew.

An entry holds for half an hour or an hour, and never beyond a change: it carries the versions of the tables that
it was read from, which the page cache raises with each change (content.pagecache).
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import override

from clinic.lib import clock
from content.pagecache.link import LinkFault
from content.pagecache.moments import next_expiry
from content.pagecache.tags import collecting
from content.pagecache.versions import EPOCH, current_versions, flush
from home.website_data.parts import BUILDERS

WHOLE = "website_data"
HOUR, HALF_HOUR = timedelta(hours=1), timedelta(minutes=30)
KEYS = {
    WHOLE: HOUR,
    "home_page": HOUR,
    "seo_data": HOUR,
    "menu_items": HALF_HOUR,
    "heroes": HALF_HOUR,
    "partners": HALF_HOUR,
    "footer_links": HALF_HOUR,
}
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Entry:
    """One key: `data` by language, when it was made, and what it depends on."""

    key: str
    data: dict[str, Any]
    built_at: datetime
    until: datetime
    stamp: dict[str, str]  # versions of tags; empty when nobody could tell them, and then it is not kept

    @property
    def text(self) -> str:
        kept = {"data": self.data, "built_at": self.built_at, "until": self.until, "stamp": self.stamp}
        return json.dumps(kept, cls=DjangoJSONEncoder, ensure_ascii=False)

    def holds(self, versions: dict[str, str]) -> bool:
        return clock.now() < self.until and all(versions.get(tag, "0") == seen for tag, seen in self.stamp.items())


@dataclass(frozen=True, slots=True)
class Standing:
    """What the screen shows of a key: age in seconds, size in bytes and hits; None where nothing is kept."""

    key: str
    age: int | None
    size: int | None
    hits: int


def read(key: str) -> Entry:
    """The entry of `key`: from the cache while it holds, else made now. Raises KeyError for another key."""
    versions = versions_now()
    kept = kept_entry(key)
    if kept and versions is not None and kept.holds(versions):
        with suppress(ValueError):  # the counter went meanwhile
            cache.incr(hits_key(key))
        return kept
    return build(key, versions)


def rebuild(keys: Iterable[str] = tuple(KEYS)) -> list[Entry]:
    """Make each of `keys` anew, whatever the cache holds."""
    versions = versions_now()
    return [build(key, versions) for key in keys]


def build(key: str, versions: dict[str, str] | None) -> Entry:
    """Make the entry and keep it. `versions` were read before the tables are, so that no change slips between."""
    builders = BUILDERS if key == WHOLE else {key: BUILDERS[key]}
    now = clock.now()
    found: dict[str, dict[str, Any]] = {}
    with collecting() as collection:
        for language in LANGUAGES:
            with override(language):
                found[language] = {name: builder() for name, builder in builders.items()}
    ends = [now + KEYS[key], collection.until, next_expiry(collection.tables)]
    entry = Entry(
        key,
        data=found if key == WHOLE else {language: parts[key] for language, parts in found.items()},
        built_at=now,
        until=min(moment for moment in ends if moment),
        stamp={tag: versions.get(tag, "0") for tag in (EPOCH, *collection.tags)} if versions is not None else {},
    )
    if entry.stamp and not collection.why_not:
        seconds = (entry.until - now).total_seconds()
        cache.set(key, entry.text, max(1, int(seconds)))
        cache.set(hits_key(key), 0, None)
    return entry


def versions_now() -> dict[str, str] | None:
    """The versions of all tags; None while the cache cannot tell, and then nothing from it is trusted."""
    try:
        versions = current_versions()
        if EPOCH not in versions:  # the cache is new or was emptied: from here on versions are told apart
            flush()
            versions = current_versions()
    except LinkFault:
        return None
    return versions


def kept_entry(key: str) -> Entry | None:
    text = cache.get(key)
    if not isinstance(text, str):
        return None
    try:
        kept = json.loads(text)
        built_at, until = (datetime.fromisoformat(kept[name]) for name in ("built_at", "until"))
        return Entry(key, data=kept["data"], built_at=built_at, until=until, stamp=kept["stamp"])
    except (ValueError, KeyError, TypeError):  # written by another release
        return None


def standings() -> list[Standing]:
    """Each key as it stands in the cache, without making anything."""
    return [standing_of(key) for key in KEYS]


def standing_of(key: str) -> Standing:
    kept, hits = kept_entry(key), cache.get(hits_key(key)) or 0
    if kept is None:
        return Standing(key, age=None, size=None, hits=hits)
    return Standing(
        key, age=int((clock.now() - kept.built_at).total_seconds()), size=len(kept.text.encode()), hits=hits
    )


def hits_key(key: str) -> str:
    return f"{key}:hits"
