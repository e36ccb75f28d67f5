"""Whether the promises were kept: asked of PostgreSQL and of the mail folder, never of the code that made them.

Each check returns the broken promises as sentences; none is the proof.
"""

from tests.simulation.journal import Journal
from tests.simulation.mailbox import Letter
from tests.simulation.proof.acts import acts_lost, acts_nobody_asked
from tests.simulation.proof.ledger import Ledger
from tests.simulation.proof.letters import letters_doubled, letters_lost, letters_wrong, patients_misled
from tests.simulation.proof.requests import requests_misanswered
from tests.simulation.proof.stories import stories_broken
from tests.simulation.proof.times import times_incomplete, times_overlap

Findings = dict[str, list[str]]


def prove(ledger: Ledger, letters: list[Letter], journal: Journal) -> Findings:
    """Every promise with what broke it."""
    return {
        "no two reservations of a seat overlap": times_overlap(ledger),
        "each visit has all of its time, and a cancelled one none": times_incomplete(ledger),
        "each change has its audit event, and each visit is what its events say": stories_broken(ledger),
        "what was acknowledged is there, once": acts_lost(ledger, journal),
        "nobody did what nobody asked for": acts_nobody_asked(ledger, journal),
        "each request was answered once and in time, and its patient told so once": requests_misanswered(
            ledger, letters, journal
        ),
        "every message that is due has left, or waits for a person": letters_lost(ledger, letters),
        "nobody was told twice": letters_doubled(ledger, letters),
        "nobody was told of another's visit, a wrong time, or what was over": letters_wrong(ledger, letters),
        "who was told last knows what the clinic knows": patients_misled(ledger, letters),
    }
