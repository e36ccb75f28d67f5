"""Start the starter clinic, look at home, service, doctor and article in both languages, print and judge the scores."""

import argparse
import re
import sys
from pathlib import Path

import httpx

from config.env import env
from config.supervisor.throwaway import throwaway_folder
from tests.faults.site import SupervisedSite
from tests.lighthouse.instrument import CATEGORIES, Report, install_lighthouse, look

GOALS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
LOOKS = 3  # at each page; a busy moment of the machine is no property of the page
KINDS = ("services", "doctors", "news")  # the first page below each index stands for its kind
LANGUAGES = ("en", "ar")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="lighthouse", description="Judge the starter clinic as a phone sees it.")
    parser.add_argument("--address", help="a site that runs already, as in http://localhost:8000")
    parser.add_argument("--all", action="store_true", help="print every audit that is not perfect")
    chosen = parser.parse_args(arguments)
    with throwaway_folder(env.data_dir) as folder:
        program = install_lighthouse(folder / "npm")
        if chosen.address:
            return judge(program, chosen.address, verbose=chosen.all)
        site = SupervisedSite(folder / "clinic")
        try:
            site.start()
            return judge(program, f"http://localhost:{site.port}", verbose=chosen.all)
        finally:
            site.stop()


def judge(program: Path, address: str, *, verbose: bool) -> int:
    """Print a line for each page, the middle one of its looks; the answer is 1 when one of them misses a goal."""
    missed = False
    for path in paths_of(address):
        fetch(f"{address}{path}")  # as after the warm-up of a deployment
        reports = look(program, address, path=path, times=LOOKS)
        report = sorted(reports, key=lambda each: each.scores["performance"])[LOOKS // 2]
        low = [name for name in CATEGORIES if report.scores[name] < GOALS[name]]
        missed = missed or bool(low)
        print(line_of(report, low), flush=True)
        if low or verbose:
            print("    " + ", ".join(report.faults), flush=True)
    return int(missed)


def line_of(report: Report, low: list[str]) -> str:
    scores = "  ".join(f"{name} {report.scores[name]:3}" for name in CATEGORIES)
    return f"{report.path:40} {scores}{'  below the goal' if low else ''}"


def paths_of(address: str) -> list[str]:
    """Home, one service, one doctor and one article in each language, from the sitemap."""
    known = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", fetch(f"{address}/sitemap.xml"))
    found = []
    for language in LANGUAGES:
        found.append(f"/{language}/")
        for kind in KINDS:
            below = re.compile(rf"/{language}/{kind}/[^/]+/$")
            found.append(next(path for path in known if below.match(path)))
    return found


def fetch(address: str) -> str:
    return httpx.get(address, timeout=30).raise_for_status().text


sys.exit(main(sys.argv[1:]))
