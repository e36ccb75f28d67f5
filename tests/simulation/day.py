"""A clinic's day, from the first visitor to the proof."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from threading import Event, Thread

from tests.simulation.desks import Desk
from tests.simulation.journal import Journal
from tests.simulation.mailbox import Mailbox
from tests.simulation.portal import DESKS, Portal
from tests.simulation.proof import Findings, prove
from tests.simulation.proof.ledger import open_ledger, read_ledger
from tests.simulation.trouble import Trouble
from tests.simulation.visitors import Visitor

LOOK = 5.0  # seconds between two lines of the log
QUIET = 240.0  # seconds within which the outbox must have become empty

# The doctors stay: whenever the day is played, there are times today at which somebody can walk in.
STAY = """
    INSERT INTO directory_extrahours (practitioner_id, location_id, day, starts, ends)
    SELECT DISTINCT ON (p.resource_ptr_id) p.resource_ptr_id, l.id, (now() AT TIME ZONE l.time_zone)::date,
           date_trunc('hour', now() AT TIME ZONE l.time_zone)::time, '23:59'
    FROM directory_practitioner p
    JOIN directory_resource r ON r.id = p.resource_ptr_id AND r.is_active
    JOIN directory_workinghours h ON h.practitioner_id = p.resource_ptr_id
    JOIN directory_location l ON l.id = h.location_id AND l.is_active
    WHERE NOT EXISTS (
        SELECT FROM directory_extrahours x
        WHERE x.practitioner_id = p.resource_ptr_id AND x.day = (now() AT TIME ZONE l.time_zone)::date)
    ORDER BY p.resource_ptr_id, h.id
"""
# What a desk does can be undone for 30 seconds, and its messages wait that long.
UNDER_WAY = """
    SELECT count(*) AS waiting FROM messaging_message
    WHERE id > %(after)s AND status = 'pending' AND due_at < now() + interval '90 seconds'
"""
OVERDUE = "SELECT count(*) AS waiting FROM scheduling_appointment WHERE status = 'pending' AND approve_by <= now()"
# A worker that was killed holds its claim for five minutes; here they pass at once.
FIVE_MINUTES_PASS = """
    UPDATE messaging_message SET claimed_until = now() - interval '1 second' WHERE id > %(after)s AND status = 'sending'
"""
DOUBTFUL = """
    SELECT reference, status FROM messaging_message
    WHERE id > %(after)s AND status IN ('sending', 'unconfirmed') ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Result:
    findings: Findings
    visits: int
    events: int
    letters: int
    doubtful: int  # messages that were perhaps sent, and were decided by a person
    kills: int

    @property
    def is_sound(self) -> bool:
        return not any(self.findings.values())


def play(portal: Portal, journal: Journal, *, seed: int, visitors: int, seconds: float) -> Result:
    """Play the day for `seconds`, let the portal come to rest, and prove what it promised."""
    began = datetime.now(UTC)
    portal.ask(STAY)
    opening = open_ledger(portal.ask)
    mailbox = Mailbox(portal.folder / "mail", portal.folder / "sms")
    day = f"{seed}.{began:%m%d%H%M%S}"
    crowd = [
        Visitor(portal, journal, mailbox, dice=Random(f"{seed} visitor {number}"), day=day, number=number)
        for number in range(visitors)
    ]
    desks = [Desk(portal, journal, name=name, dice=Random(f"{seed} {name}"), day=day) for name in DESKS]
    chief = Desk(portal, journal, name="admin", dice=Random(f"{seed} chief"), day=day)
    for desk in (*desks, chief):
        desk.sign_in()
    trouble = Trouble(portal, journal, dice=Random(f"{seed} trouble"), desk=chief)
    over = Event()
    lives: list[Callable[[], None]] = [partial(each.live, over) for each in crowd]
    lives += [partial(each.live, over) for each in desks]
    lives.append(partial(trouble.live, over, seconds=seconds))
    journal.say(f"{visitors} visitors, {len(desks)} desks, {seconds:.0f} seconds")
    in_threads(lives, journal, over, seconds=seconds)
    journal.say("the day is over; the portal comes to rest")
    doubtful = come_to_rest(portal, chief, mailbox, after=opening.message, began=began)
    # Read in this order: what is sent from here on is no letter of this proof.
    ledger = read_ledger(portal.ask, opening)
    letters = mailbox.letters(since=began - timedelta(seconds=1))
    journal.say("proving")
    findings = prove(ledger, letters, journal)
    findings["no request was answered with a fault of the server"] = journal.faults
    return Result(findings, len(ledger.touched), len(ledger.events), len(letters), doubtful, trouble.kills)


def in_threads(lives: list[Callable[[], None]], journal: Journal, over: Event, *, seconds: float) -> None:
    """Run all `lives` for `seconds`, then until each has finished what it was doing."""

    def live(life: Callable[[], None]) -> None:
        try:
            life()
        except Exception as fault:  # noqa: BLE001 - a person who falls over is a finding, and others go on
            journal.fault(f"{type(fault).__name__}: {fault}")

    threads = [Thread(target=live, args=[each], daemon=True) for each in lives]
    for thread in threads:
        thread.start()
    ends = time.monotonic() + seconds
    while (left := ends - time.monotonic()) > 0:
        over.wait(min(LOOK, left))
        counts = journal.counts
        told = ("appointment.booked", "appointment.approved", "appointment.moved", "cancelled", "arrived", "refused")
        words = ", ".join(f"{name.rpartition('.')[2]} {counts[name]}" for name in told)
        journal.say(f"requests {counts['requests']}: {words}")
    over.set()
    for thread in threads:
        thread.join()


def come_to_rest(portal: Portal, chief: Desk, mailbox: Mailbox, *, after: int, began: datetime) -> int:
    """Wait until nothing waits, then decide as staff do about what was perhaps sent; how much that was.

    What lies in the mail folder is discarded, what does not is sent again.
    """
    wait_until(lambda: not portal.ask(OVERDUE)[0]["waiting"], what="every request that is overdue has ended")
    wait_until(lambda: not portal.ask(UNDER_WAY, {"after": after})[0]["waiting"], what="the outbox is empty")
    portal.ask(FIVE_MINUTES_PASS, {"after": after})
    wait_until(
        lambda: all(row["status"] == "unconfirmed" for row in portal.ask(DOUBTFUL, {"after": after})),
        what="nothing is being sent",
    )
    doubtful = portal.ask(DOUBTFUL, {"after": after})
    arrived = {letter.message for letter in mailbox.letters(since=began)}
    for row in doubtful:
        chief.settle_message(row["reference"], again=row["reference"] not in arrived)
    wait_until(lambda: not portal.ask(UNDER_WAY, {"after": after})[0]["waiting"], what="the outbox is empty again")
    wait_until(lambda: not portal.ask(DOUBTFUL, {"after": after}), what="nothing is in doubt")
    return len(doubtful)


def wait_until(is_so: Callable[[], bool], *, what: str) -> None:
    """Raises `TimeoutError`."""
    until = time.monotonic() + QUIET
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError(f"After {QUIET:.0f} s it is not so that {what}.")
        time.sleep(1)
