"""Google's Lighthouse, installed from its own lock file into the data folder, and what it says of one address."""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.env import inherited
from tests.browser.program import CHROMIUM

LOCK = Path(__file__).parent
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --no-first-run"
FULL = 1
# What Lighthouse says when Chromium kept no whole record of a page's coming, or could not be asked for it: its own
# advice is to look again. About one look in a hundred ends so; a page that hangs or answers wrongly has other codes.
UNRECORDED = re.compile(
    r"NO_NAVSTART|NO_TRACING_STARTED|NO_RESOURCE_REQUEST|NO_DCL|CRI_TIMEOUT|PROTOCOL_TIMEOUT|ECONNREFUSED"
    r"|NO_SCREENSHOTS|NO_SPEEDLINE_FRAMES|INVALID_SPEEDLINE|SPEEDINDEX_OF_ZERO"
)
SPARE = 2  # looks more at one page
# Not `npm ci`, which refuses a dependency of Lighthouse that asks for "latest" of another package.
QUIETLY = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")


@dataclass(frozen=True, slots=True)
class Report:
    """`scores` by category, from 0 to 100; `faults` are the audits that are not perfect, by name and score."""

    path: str
    scores: dict[str, int]
    faults: tuple[str, ...]


class UnrecordedError(Exception):
    """A look that says nothing of the page, neither good nor bad."""


def install_lighthouse(folder: Path) -> Path:
    """The program, in `folder`. Raises `CalledProcessError` when npm cannot fetch it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(LOCK / name, folder)
    subprocess.run(["npm", "install", *QUIETLY], cwd=folder, check=True)
    return folder / "node_modules" / ".bin" / "lighthouse"


def look(program: Path, address: str, *, path: str, times: int) -> list[Report]:
    """What `times` looks at `path` say. A look without a record is printed as one, and another takes its place; no look
    that says something is left out. Raises what `inspect` raises, and `RuntimeError` when too many had no record.
    """
    reports: list[Report] = []
    for _ in range(times + SPARE):
        try:
            reports.append(inspect(program, address, path=path))
        except UnrecordedError as fault:
            print(f"{path} was not recorded: {fault}", flush=True)
        if len(reports) == times:
            return reports
    raise RuntimeError(f"{path}: {len(reports)} of {times} looks were recorded")


def inspect(program: Path, address: str, *, path: str) -> Report:
    """Look at `path` once as a mid-range phone on slow 4G.

    Raises `UnrecordedError` when the browser kept no record, `RuntimeError` when there is no result for another reason,
    and `subprocess.TimeoutExpired` after three minutes.
    """
    argv = [str(program), f"{address}{path}", "--quiet", "--output=json", f"--chrome-flags={FLAGS}"]
    argv.append(f"--only-categories={','.join(CATEGORIES)}")
    done = subprocess.run(
        argv, env=inherited(CHROME_PATH=CHROMIUM), capture_output=True, text=True, check=False, timeout=180
    )
    if done.returncode:
        said = done.stderr.strip()
        raise UnrecordedError(said) if UNRECORDED.search(said) else RuntimeError(f"{path}: {said}")
    result: dict[str, Any] = json.loads(done.stdout)
    scores = {name: result["categories"][name]["score"] for name in CATEGORIES}
    if None in scores.values():
        raise UnrecordedError("no score")
    faults = tuple(
        f"{audit['id']} {audit['score']}"
        for audit in result["audits"].values()
        if audit["score"] is not None and audit["score"] < FULL
    )
    return Report(path, {name: round(score * 100) for name, score in scores.items()}, faults)
