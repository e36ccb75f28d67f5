"""`./run simulate day|kills`: play what may happen to a clinic, and prove that its promises were kept.

The exit code is 1 when one was not.
"""

import argparse
import contextlib
import secrets
import sys
from collections.abc import Iterator
from importlib import import_module

from config.embedded.faults import StartFault
from tests.simulation.day import Result, play
from tests.simulation.journal import Journal
from tests.simulation.portal import Portal, own_portal, running_portal


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="simulate", description=__doc__)
    kinds = parser.add_subparsers(dest="what", required=True)
    day = kinds.add_parser("day", help="visitors, desks, a sick doctor and killed processes, then the proof")
    day.add_argument("--visitors", type=int, default=24)
    day.add_argument("--minutes", type=float, default=2.0, help="how long the day lasts")
    day.add_argument("--own", action="store_true", help="on a fresh clinic of its own, also when one runs here")
    kills = kinds.add_parser("kills", help="senders and web processes killed at random moments, then the count")
    kills.add_argument("--runs", type=int, default=200, help="how many of each kind are killed")
    for each in (day, kills):
        each.add_argument("--seed", type=int, help="what everybody does; without it a new one, which is printed")
    chosen = parser.parse_args(arguments)
    seed = secrets.randbelow(10**6) if chosen.seed is None else chosen.seed
    if chosen.what == "kills":
        # Only now: it needs Django, and a day does not.
        return int(import_module("tests.simulation.kills.both").main(runs=chosen.runs, seed=seed))
    try:
        return play_day(chosen, seed=seed)
    except StartFault as fault:
        sys.stderr.write(f"Iyada: {fault}\n")
        return 1


def play_day(chosen: argparse.Namespace, *, seed: int) -> int:
    with open_portal(own=chosen.own) as portal:
        say(f"seed {seed}; portal {portal.address}")
        journal = Journal()
        result = play(portal, journal, seed=seed, visitors=chosen.visitors, seconds=chosen.minutes * 60)
    report(result, journal, seed=seed)
    return 0 if result.is_sound else 1


@contextlib.contextmanager
def open_portal(*, own: bool) -> Iterator[Portal]:
    portal = None if own else running_portal()
    if portal:
        yield portal
        return
    say("starting a fresh clinic, which is thrown away afterwards")
    with own_portal() as fresh:
        yield fresh


def report(result: Result, journal: Journal, *, seed: int) -> None:
    say()
    say(", ".join(f"{name} {count}" for name, count in sorted(journal.counts.items())))
    say(
        f"{result.visits} visits changed, {result.events} events, {result.letters} letters; "
        f"longest wait for a page {journal.slowest:.0f} s; "
        f"{result.doubtful} messages in doubt after {result.kills} killed workers, each decided by a person"
    )
    for promise, broken in result.findings.items():
        say(f"{'BROKEN' if broken else 'kept  '}  {promise}")
        for each in broken[:20]:
            say(f"          {each}")
        if len(broken) > 20:
            say(f"          and {len(broken) - 20} more")
    say(f"seed {seed}: {'every promise was kept' if result.is_sound else 'a promise was broken'}")


def say(line: str = "") -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


sys.exit(main(sys.argv[1:]))
