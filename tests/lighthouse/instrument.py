"""Google's Lighthouse, installed from its own lock file into the data folder, and what it says of one address."""

import json
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
# Not `npm ci`, which refuses a dependency of Lighthouse that asks for "latest" of another package.
QUIETLY = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")


@dataclass(frozen=True, slots=True)
class Report:
    """`scores` by category, from 0 to 100; `faults` are the audits that are not perfect, by name and score."""

    path: str
    scores: dict[str, int]
    faults: tuple[str, ...]


def install_lighthouse(folder: Path) -> Path:
    """The program, in `folder`. Raises `CalledProcessError` when npm cannot fetch it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(LOCK / name, folder)
    subprocess.run(["npm", "install", *QUIETLY], cwd=folder, check=True)
    return folder / "node_modules" / ".bin" / "lighthouse"


def inspect(program: Path, address: str, *, path: str) -> Report:
    """Look at `path` once as a mid-range phone on slow 4G. Raises `RuntimeError` when there is no result."""
    argv = [str(program), f"{address}{path}", "--quiet", "--output=json", f"--chrome-flags={FLAGS}"]
    argv.append(f"--only-categories={','.join(CATEGORIES)}")
    done = subprocess.run(
        argv, env=inherited(CHROME_PATH=CHROMIUM), capture_output=True, text=True, check=False, timeout=180
    )
    if done.returncode:
        raise RuntimeError(f"{path}: {done.stderr.strip()}")
    result: dict[str, Any] = json.loads(done.stdout)
    scores = {name: result["categories"][name]["score"] for name in CATEGORIES}
    if None in scores.values():
        raise RuntimeError(f"{path}: {result.get('runtimeError') or 'no score'}")
    faults = tuple(
        f"{audit['id']} {audit['score']}"
        for audit in result["audits"].values()
        if audit["score"] is not None and audit["score"] < FULL
    )
    return Report(path, {name: round(score * 100) for name, score in scores.items()}, faults)
