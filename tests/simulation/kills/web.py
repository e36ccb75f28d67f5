"""Web processes killed while visitors book: who tries again with the same form has one visit, whole."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlsplit

import httpx

from clinic.booking.choices import Choice
from clinic.messaging.models import Message
from clinic.scheduling.models import Appointment, BookingRequest
from tests.concurrency.conftest import Clinic
from tests.concurrency.server import serving
from tests.simulation.journal import Act, Journal
from tests.simulation.proof.acts import acts_lost, acts_nobody_asked
from tests.simulation.proof.ledger import Ask, open_ledger, read_ledger
from tests.simulation.proof.stories import stories_broken
from tests.simulation.proof.times import times_incomplete, times_overlap

VISITORS = 6
DOCTORS = 4
LONGEST = 0.5  # seconds of work until the next kill
LULL = 3.0  # seconds after which somebody is killed although nothing was answered since the last one
FREE_MINUTES = range(0, 23 * 60, 30)
PATIENCE = 120.0
BOOKED, TAKEN = 303, 409
TOKEN = "t" * 32


@dataclass(slots=True)
class Outcome:
    kills: int = 0
    booked: int = 0
    taken: int = 0
    repeated: int = 0  # forms that were sent again, because no answer came
    broken: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not self.broken

    @property
    def answered(self) -> int:
        return self.booked + self.taken

    def __str__(self) -> str:
        return (
            f"{self.kills} web processes killed, {self.booked} visits booked, {self.taken} times taken already, "
            f"{self.repeated} forms sent again; broken promises {len(self.broken)}"
        )


class Bookers:
    """Visitors who book one time after the other, the same ones in another order, until they are told to stop."""

    def __init__(self, address: str, clinic: Clinic, journal: Journal, *, dice: Random) -> None:
        self.address, self.clinic, self.journal = address, clinic, journal
        self.dices = [Random(dice.random()) for _ in range(VISITORS)]
        self.doctors = [clinic.new_doctor(clinic.service) for _ in range(DOCTORS)]
        self.over = threading.Event()
        self.outcome = Outcome()

    def forms(self, number: int) -> Iterator[dict[str, str]]:
        dice = self.dices[number]
        for count in range(10_000):
            choice = Choice(
                self.clinic.service,
                dice.choice(self.doctors),
                self.clinic.location,
                self.clinic.at(dice.choice(FREE_MINUTES)),
            )
            person = f"{number}-{count}"
            yield choice.fields | {
                "name": "Layla Haddad",
                "phone": f"+96279{number:02d}{count:05d}",
                "email": f"visitor{person}@simulation.example",
                "note": "",
                "key": f"key-{person}-{dice.randrange(10**9):09d}",
            }

    def book(self, forms: Iterator[dict[str, str]]) -> None:
        headers = {"X-CSRFToken": TOKEN, "Cookie": f"csrftoken={TOKEN}"}
        with httpx.Client(base_url=self.address, headers=headers, timeout=30) as client:
            for form in forms:
                if self.over.is_set():
                    return
                self.note(form, self.send(client, form))

    def send(self, client: httpx.Client, form: dict[str, str]) -> httpx.Response:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return client.post(f"/en/book/{self.clinic.service.slug}/details/", data=form)
            except httpx.TransportError:
                if time.monotonic() > until:
                    raise
                self.outcome.repeated += 1
                time.sleep(0.05)

    def note(self, form: dict[str, str], answer: httpx.Response) -> None:
        if answer.status_code == BOOKED:
            reference = answer.headers["location"].rstrip("/").rpartition("/")[2].partition(".")[0]
            self.journal.note(Act(form["email"], "appointment.booked", reference))
            self.outcome.booked += 1
        elif answer.status_code == TAKEN:
            self.outcome.taken += 1
        else:
            self.outcome.broken.append(f"a booking was answered with {answer.status_code}")


def kill_web(ask: Ask, *, runs: int, dice: Random) -> Outcome:
    """Kill `runs` web processes while everybody books; then prove that each booking is there, once and whole."""
    clinic, journal, opening = Clinic(), Journal(quiet=True), open_ledger(ask)
    with serving(workers=2, threads=4) as address:
        bookers = Bookers(address, clinic, journal, dice=dice)
        crowd = [
            threading.Thread(target=bookers.book, args=[bookers.forms(number)], daemon=True)
            for number in range(VISITORS)
        ]
        for each in crowd:
            each.start()
        outcome, until = bookers.outcome, time.monotonic() + PATIENCE + runs * (LULL + LONGEST)
        while outcome.kills < runs:
            if time.monotonic() > until:
                raise RuntimeError("No web process is found to be killed.")
            wait_for_work(outcome)
            time.sleep(dice.uniform(0, LONGEST))
            outcome.kills += kill_one(address, dice)
        bookers.over.set()
        for each in crowd:
            each.join()
    ledger = read_ledger(ask, opening)
    outcome.broken += times_overlap(ledger) + times_incomplete(ledger) + stories_broken(ledger)
    outcome.broken += acts_lost(ledger, journal) + acts_nobody_asked(ledger, journal)
    outcome.broken += halves(outcome.booked)
    return outcome


def wait_for_work(outcome: Outcome) -> None:
    """Until something more is answered: on a busy machine processes would be killed before they can do anything."""
    answered, until = outcome.answered, time.monotonic() + LULL
    while outcome.answered == answered and time.monotonic() < until:
        time.sleep(0.01)


def kill_one(address: str, dice: Random) -> int:
    """Kill one of the processes that answer at `address`, not the one that makes them; how many that were."""
    port = urlsplit(address).port
    listed = subprocess.run(["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = (line.split(None, 2) for line in listed.splitlines())
    parents = {int(pid): int(parent) for pid, parent, words in rows if f"--bind 127.0.0.1:{port}" in words}
    workers = sorted(pid for pid, parent in parents.items() if parent in parents)
    if not workers:
        return 0
    try:
        os.kill(dice.choice(workers), signal.SIGKILL)
    except ProcessLookupError:
        return 0
    return 1


def halves(booked: int) -> list[str]:
    """What a booking writes, counted: a visit, a request and a message each."""
    counted: dict[str, Any] = {
        "visits": Appointment.objects.count(),
        "requests": BookingRequest.objects.count(),
        "messages": Message.objects.filter(kind="appointment_booked").count(),
    }
    return [f"{booked} were booked, and there are {count} {what}" for what, count in counted.items() if count != booked]
