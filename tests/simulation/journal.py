"""What everybody did, as they saw it, and what went wrong on the way."""

import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Act:
    """Something that `who` asked of the portal about one visit.

    `to` is the status that a step asked for. Not sure: no answer came, so it may have happened or not.
    """

    who: str
    verb: str
    reference: str
    starts_at: datetime | None = None
    to: str = ""
    is_sure: bool = True


class Journal:
    """Written by many threads at once. `who` is the name of an account at a desk, else the address of a visitor."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.acts: list[Act] = []
        self.faults: list[str] = []
        self.deadlines: dict[str, datetime] = {}  # when a request could be approved no longer, by reference
        self.counts: Counter[str] = Counter()
        self.began = time.monotonic()
        self.slowest = 0.0  # seconds that somebody waited for an answer, repetitions included
        self.quiet = quiet
        self._lock = threading.Lock()

    def note(self, act: Act) -> None:
        with self._lock:
            self.acts.append(act)
            self.counts[act.to or act.verb] += 1

    def count(self, what: str) -> None:
        with self._lock:
            self.counts[what] += 1

    def note_deadline(self, reference: str, moment: datetime) -> None:
        with self._lock:
            self.deadlines[reference] = moment
            self.counts["deadline came"] += 1

    def fault(self, text: str) -> None:
        """Something that must never happen, whatever else does."""
        with self._lock:
            self.faults.append(text)
        self.say(f"FAULT {text}")

    def say(self, text: str) -> None:
        """A line of the log, with the seconds since the day began."""
        if not self.quiet:
            sys.stdout.write(f"{time.monotonic() - self.began:6.1f} s  {text}\n")
            sys.stdout.flush()
