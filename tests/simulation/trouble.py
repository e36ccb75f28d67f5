"""What goes wrong on that day: processes are killed, the cache is flushed, a doctor falls ill."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from random import Random
from threading import Event

from tests.simulation.desks import Desk
from tests.simulation.journal import Journal
from tests.simulation.portal import Portal

# The doctor with most visits before them today.
BUSIEST = """
    SELECT practitioner_id AS id FROM scheduling_appointment
    WHERE status IN ('booked', 'arrived') AND starts_at BETWEEN now() AND now() + interval '12 hours'
    GROUP BY practitioner_id ORDER BY count(*) DESC, practitioner_id LIMIT 1
"""
# The hours in which somebody should have answered pass at once, for one request of the day.
HOURS_PASS = """
    UPDATE scheduling_appointment SET approve_by = now()
    WHERE id = (SELECT id FROM scheduling_appointment
                WHERE status = 'pending' AND approve_by > now() AND starts_at > now()
                    AND contact_email LIKE '%%@simulation.example'
                ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING reference, approve_by
"""


class Trouble:
    """Each kind happens at a moment of its own, drawn from the dice as a share of the day."""

    def __init__(self, portal: Portal, journal: Journal, *, dice: Random, desk: Desk) -> None:
        self.portal, self.journal, self.dice, self.desk = portal, journal, dice, desk
        self.kills = 0  # of senders
        deeds: list[Callable[[], None]] = [
            self.kill_worker,
            self.kill_worker,
            self.kill_web_worker,
            self.kill_web_worker,
            self.kill_web,
            self.kill_beat,
            self.flush_cache,
            self.flush_cache,
            *[self.deadline_comes] * 6,
        ]
        plan = [(dice.uniform(0.05, 0.95), deed) for deed in deeds]
        self.plan = sorted([*plan, (dice.uniform(0.4, 0.6), self.doctor_falls_ill)], key=lambda each: each[0])

    def live(self, over: Event, *, seconds: float) -> None:
        waited = 0.0
        for share, deed in self.plan:
            if over.wait(max(0.0, share * seconds - waited)):
                return
            waited = share * seconds
            deed()

    def kill_worker(self) -> None:
        self.kills += 1
        self.kill("the worker", self.portal.processes("config.celery --quiet worker")[:1])

    def kill_beat(self) -> None:
        self.kill("beat", self.portal.processes("config.celery --quiet beat")[:1])

    def kill_web(self) -> None:
        self.kill("the web server", self.portal.processes("config.wsgi:application"))

    def kill_web_worker(self) -> None:
        self.kill("a web process", [self.dice.choice(self.portal.processes("config.wsgi:application")[1:] or [0])])

    def kill(self, what: str, pids: list[int]) -> None:
        for pid in filter(None, pids):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.journal.say(f"trouble: {what} is killed ({', '.join(map(str, pids)) or 'not there'})")
        self.journal.count(f"killed: {what}")

    def flush_cache(self) -> None:
        self.portal.flush()
        self.journal.say("trouble: the cache is flushed")
        self.journal.count("cache flushed")

    def deadline_comes(self) -> None:
        for row in self.portal.ask(HOURS_PASS):
            self.journal.say(f"trouble: nobody has answered {row['reference']} in time")
            self.journal.note_deadline(row["reference"], row["approve_by"])

    def doctor_falls_ill(self) -> None:
        found = self.portal.ask(BUSIEST)
        if not found:
            self.journal.say("trouble: nobody works today any more, so nobody falls ill")
            return
        self.journal.say(f"trouble: practitioner {found[0]['id']} falls ill")
        self.journal.count("doctor ill")
        self.desk.report_sick(found[0]["id"])
