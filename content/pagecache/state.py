"""The page cache at a glance, for administrators: what it holds and how it does. Raises `LinkFault`."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from content.pagecache import faults, names
from content.pagecache.link import link
from content.pagecache.models import Debt
from content.pagecache.warming import Progress, told

SECONDS = 1.0
FAULT = "fault "  # begins the names of the fields that count faults


@dataclass(frozen=True, slots=True)
class State:
    """Hits, misses, stale answers and faults of all processes since the cache was last emptied, at `since` (UTC).

    A process that cannot reach the cache tells its faults when it can again.
    """

    entries: int
    hits: int
    stale: int
    misses: int
    since: datetime | None
    faults: dict[str, int]
    debts: int
    warming: Progress

    @property
    def answers(self) -> int:
        return self.hits + self.stale + self.misses


def read_state() -> State:
    flat = link().call("HGETALL", names.COUNTS, seconds=SECONDS)
    counts = {key.decode(): int(value) for key, value in zip(flat[::2], flat[1::2], strict=True)}
    told_faults = Counter({key.removeprefix(FAULT): value for key, value in counts.items() if key.startswith(FAULT)})
    return State(
        entries=count_entries(),
        hits=counts.get("hit", 0),
        stale=counts.get("stale", 0),
        misses=counts.get("miss", 0),
        since=datetime.fromtimestamp(counts["since"], UTC) if "since" in counts else None,
        faults=dict(told_faults + faults.untold),
        debts=Debt.objects.count(),
        warming=told(),
    )


def count_entries() -> int:
    """Old entries too, until they are replaced or their time is over. Walks all keys, a thousand at a time."""
    cursor, found = b"0", 0
    while True:
        cursor, keys = link().call("SCAN", cursor, "MATCH", names.entry("*"), "COUNT", 1000, seconds=SECONDS)
        found += len(keys)
        if cursor == b"0":
            return found
