"""How fast a page is: cached and not, against the least that the same servers can do."""

import contextlib
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_redis import get_redis_connection

from tests.bench import bare
from tests.bench.figures import median
from tests.bench.progress import say
from tests.bench.website import starter_clinic
from tests.bench.wrk import Rush, rush
from tests.concurrency.server import serving
from tests.deploy.nginx import clinic_behind_nginx, nginx

PATH = "/en/"
TURNS, SECONDS = 6, 3  # of each contestant; the first turn warms up and is not counted
UNCACHED = 40  # requests, one after another
WORKERS, THREADS = 2, 4
DEV = "config.settings.dev"
# As `serving` builds the answer, hop-by-hop and server headers are gunicorn's own.
NOT_COPIED = {"connection", "content-length", "date", "server", "transfer-encoding", "age", "x-cache"}


def measure() -> dict[str, Any]:
    """Answers a second with sixteen clients, the ratios between contestants of one turn, and what a miss costs.

    The contestants take turns, so that a busy moment of the machine meets them all; ratios are medians over turns.
    """
    with starter_clinic(), contextlib.ExitStack() as servers:
        figures: dict[str, Any] = {"page": PATH, "uncached": uncached()}
        front = servers.enter_context(serving(workers=WORKERS, threads=THREADS, settings_module=DEV))
        kept = keep_for_bare(front)
        addresses = {
            "cached": front,
            "bare": servers.enter_context(
                serving(
                    workers=WORKERS, threads=THREADS, settings_module=DEV, application="tests.bench.bare:application"
                )
            ),
            "django_cache": servers.enter_context(
                serving(
                    workers=WORKERS,
                    threads=THREADS,
                    settings_module="tests.bench.with_djangos_cache",
                    application="tests.bench.plain:application",
                )
            ),
        }
        addresses["nginx_cached"] = servers.enter_context(clinic_behind_nginx(front))
        addresses["nginx_file"] = servers.enter_context(file_behind_nginx(front))
        turns = take_turns({name: racer(address) for name, address in addresses.items()})
        figures |= {name: summary(found[1:]) for name, found in turns.items()}
        figures["cached_to_bare"] = ratio(turns["cached"], turns["bare"])
        figures["cached_to_django_cache"] = ratio(turns["cached"], turns["django_cache"])
        figures["nginx_cached_to_file"] = ratio(turns["nginx_cached"], turns["nginx_file"])
        figures["bytes"] = kept
        figures["worker_mb"] = worker_memory(front)
    return figures


def racer(address: str) -> Callable[[], Rush]:
    return lambda: rush(f"{address}{PATH}", seconds=SECONDS)


def take_turns(contestants: dict[str, Callable[[], Rush]]) -> dict[str, list[Rush]]:
    turns: dict[str, list[Rush]] = {name: [] for name in contestants}
    for number in range(TURNS):
        for name, run in contestants.items():
            turns[name].append(run())
            say(f"turn {number + 1} of {TURNS}, {name}: {turns[name][-1].per_second:.0f} answers a second")
    return turns


def summary(turns: list[Rush]) -> dict[str, Any]:
    return {
        "per_second": round(median([turn.per_second for turn in turns])),
        "faults": sum(turn.faults for turn in turns),
    }


def ratio(mine: list[Rush], theirs: list[Rush]) -> float:
    pairs = zip(mine[1:], theirs[1:], strict=True)
    return round(median([one.per_second / other.per_second for one, other in pairs]), 2)


@contextlib.contextmanager
def file_behind_nginx(front: str) -> Iterator[str]:
    """The same bytes from disk, compressed before, with the headers of the page."""
    with tempfile.TemporaryDirectory(prefix="iyada-bench-") as folder:
        Path(folder).chmod(0o755)
        answer = httpx.get(f"{front}{PATH}", headers={"Accept-Encoding": "identity", "Host": "localhost"})
        place = Path(folder) / "en"
        place.mkdir()
        (place / "index.html").write_bytes(answer.content)
        valkey = get_redis_connection()
        (place / "index.html.br").write_bytes(valkey.get(bare.KEY))
        lines = "\n".join(
            f'add_header {name} "{value}";'.replace("$", "")
            for name, value in answer.headers.items()
            if name not in NOT_COPIED | {"content-type", "content-encoding", "etag", "last-modified"}
        )
        with nginx(server=f"root {folder}; brotli_static on; {lines}") as address:
            yield address


def keep_for_bare(address: str) -> int:
    """Put the bytes and headers of the cached page where the bare application finds them; gives their number."""
    with httpx.Client(headers={"Accept-Encoding": "br", "Host": "localhost"}) as visitor:
        visitor.get(f"{address}{PATH}").raise_for_status()
        with visitor.stream("GET", f"{address}{PATH}") as answer:
            if answer.headers.get("X-Cache") != "hit":
                raise RuntimeError(f"The page is not cached: {answer.headers.get('X-Cache')}")
            body = b"".join(answer.iter_raw())
            lines = [f"{name}: {value}" for name, value in answer.headers.items() if name not in NOT_COPIED]
    lines.append(f"content-length: {len(body)}")
    valkey = get_redis_connection()
    valkey.set(bare.KEY, body)
    valkey.set(bare.HEADERS, "\n".join(lines))
    return len(body)


def uncached() -> dict[str, Any]:
    """Queries and milliseconds of the page without the cache in front, by one client after another."""
    visitor = Client(HTTP_HOST="localhost")
    visitor.get(PATH)  # the first one loads templates
    with CaptureQueriesContext(connection) as queries:
        visitor.get(PATH)
    plain = serving(workers=1, threads=1, settings_module=DEV, application="tests.bench.plain:application")
    with plain as address, httpx.Client() as client:
        answers = [client.get(f"{address}{PATH}").raise_for_status() for _ in range(UNCACHED)]
    taken = [answer.elapsed.total_seconds() * 1000 for answer in answers]
    return {"queries": len(queries), "median_ms": round(median(taken[2:]), 1)}


def worker_memory(address: str) -> int:
    """What one web process weighs after all this, in MB: its share of shared pages counted once (PSS)."""
    port = address.rpartition(":")[2]
    sizes = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"127.0.0.1:{port}" in (process / "cmdline").read_text():
                found = re.search(r"^Pss:\s+(\d+) kB", (process / "smaps_rollup").read_text(), re.MULTILINE)
                sizes += [int(found[1]) // 1024] if found else []
    return max(sizes, default=0)


def table(figures: dict[str, Any]) -> str:
    lines = [f"{figures['page']}, {figures['bytes']:,} bytes compressed"]
    for name in ("cached", "bare", "django_cache", "nginx_cached", "nginx_file"):
        if name in figures:
            known = figures[name]
            lines.append(f"{name.replace('_', ' '):14} {known['per_second']:8,} a second, {known['faults']} faults")
    lines += [
        f"{words:44} {figures[name]:.2f}"
        for name, words in (
            ("cached_to_bare", "cached page to one GET (goal 0.80)"),
            ("cached_to_django_cache", "cached page to Django's middleware (goal 2)"),
            ("nginx_cached_to_file", "nginx and Valkey to nginx and disk (goal 0.45)"),
        )
        if name in figures
    ]
    missed = figures["uncached"]
    lines.append(f"uncached: {missed['queries']} queries (goal 20), {missed['median_ms']} ms")
    lines.append(f"a web process weighs {figures['worker_mb']} MB")
    return "\n".join(lines)
