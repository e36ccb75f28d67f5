"""What the front asks Valkey, each in one step, within the request's patience. All of it raises `LinkFault`."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from clinic.lib import clock, patience
from content.pagecache import names, scripts
from content.pagecache.asked import Asked
from content.pagecache.entries import Entry, Headers
from content.pagecache.link import LinkFault, Part, link

ONE_CALL = 0.2  # seconds, of the patience of 0.3
RENDER_LOST = 2500  # milliseconds
WITHOUT_TURNS = 5000  # milliseconds
ONE_WAIT = 0.1  # seconds


@dataclass(slots=True)
class Found:
    """`state` is "hit", "stale" or "miss"; `turn` says who renders: "yes", "wait", "open" or "" (see lookup.lua)."""

    state: str
    turn: str = ""
    status: str = ""
    headers: Headers = field(default_factory=list)
    etag: str = ""
    stored: int = 0
    length: int = 0
    same: bool = False  # what the visitor has already
    body: bytes = b""
    latest: bytes = b""  # of the versions, when the entry was vouched for; unchanged, nothing has changed
    fresh: float = 0  # unix seconds until which it is no older than it should be
    versions: dict[str, str] = field(default_factory=dict)


def look_up(asked: Asked, me: str) -> Found:
    """The entry, or the versions to render from; `me` is a random text that takes the turn to render."""
    address = asked.address
    keys = [names.VERSIONS, names.entry(address), names.lock(address), names.wake(address), names.COUNTS]
    answer = run(
        scripts.LOOKUP,
        keys,
        asked.encoding,
        f"{clock.now().timestamp():.3f}",
        asked.if_none_match,
        "0" if asked.head else "1",
        me,
        RENDER_LOST,
    )
    if answer[0] == b"miss":
        words = [each.decode() for each in answer[1:]]
        return Found("miss", turn=words[0], versions=dict(zip(words[1::2], words[2::2], strict=True)))
    state, status, headers, etag, stored, length, same, body, turn, latest, fresh = answer
    return Found(
        state.decode(),
        turn.decode(),
        status.decode(),
        parse_headers(headers),
        etag.decode(),
        int(stored),
        length,
        same == b"1",
        body or b"",
        latest=latest,
        fresh=float(fresh),
    )


def parse_headers(lines: bytes) -> Headers:
    pairs = (line.partition(": ") for line in lines.decode("latin-1").split("\n"))
    return [(name, value) for name, _sign, value in pairs]


def keep(asked: Asked, entry: Entry, me: str) -> None:
    save(asked, me, entry.ends, (part for pair in entry.fields.items() for part in pair))


def release(asked: Asked, me: str) -> None:
    """Give the turn back without an entry: for a few seconds nobody waits for anybody at this address."""
    save(asked, me, 0, ())


def save(asked: Asked, me: str, ends: int, parts: Iterable[Part]) -> None:
    keys = [names.entry(asked.address), names.lock(asked.address), names.wake(asked.address)]
    answer = run(scripts.STORE, keys, me, ends, WITHOUT_TURNS, *parts)
    if answer != b"OK":
        raise LinkFault(answer.decode())


def wait_for_entry(asked: Asked) -> None:
    """Sleep until the one who renders is done, a tenth of a second at most.

    The time is spent on a page, not on the cache, so it is not charged; an answer that is late is.
    """
    key = names.wake(asked.address)
    seconds = ONE_WAIT + min(ONE_CALL, patience.seconds_left())
    link().call("BLMOVE", key, key, "LEFT", "RIGHT", str(ONE_WAIT), seconds=seconds)


def run(script: scripts.Script, keys: list[str], *arguments: Part) -> Any:
    seconds = seconds_for_a_call()
    with patience.waiting():
        return script.run(link(), keys, *arguments, seconds=seconds)


def seconds_for_a_call() -> float:
    seconds = min(ONE_CALL, patience.seconds_left())
    if seconds < 0.01:
        raise LinkFault("patience is at its end")
    return seconds


def versions_now() -> dict[str, str]:
    seconds = seconds_for_a_call()
    with patience.waiting():
        flat = link().call("HGETALL", names.VERSIONS, seconds=seconds)
    return {key.decode(): value.decode() for key, value in zip(flat[::2], flat[1::2], strict=True)}
