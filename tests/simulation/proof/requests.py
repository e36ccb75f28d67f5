"""Requests of visitors, which the clinic approves or refuses, or which end by themselves: one answer, told once."""

from collections import Counter
from collections.abc import Iterator

from tests.simulation.journal import Journal
from tests.simulation.mailbox import Letter
from tests.simulation.proof.ledger import Ledger, Row
from tests.simulation.proof.letters import ON_ITS_WAY, since
from tests.simulation.proof.stories import Story, stories

# What ends a request, and what its patient is told then.
ANSWERS = {
    "appointment.approved": "appointment_booked",
    "appointment.refused": "appointment_not_booked",
    "appointment.expired": "appointment_not_booked",
}
ENDINGS = {"appointment.refused": "refused", "appointment.expired": "expired"}
UNDONE = "appointment.undone"

Told = dict[tuple[str, int], list[tuple[Letter, Row]]]  # by visit and revision


def requests_misanswered(ledger: Ledger, letters: list[Letter], journal: Journal) -> list[str]:
    told: Told = {}
    asked: Counter[str] = Counter()
    for letter, row in since(ledger, letters):
        if row["kind"] in ANSWERS.values():
            told.setdefault((row["subject"], row["revision"]), []).append((letter, row))
        elif row["kind"] == "appointment_asked":
            asked[row["subject"]] += 1
    found = [f"{each}: its patient was told {times} times to wait" for each, times in asked.items() if times > 1]
    for reference, story in stories(ledger).items():
        found += [f"{reference}: {fault}" for fault in faults_of(story, ledger.visits[reference], told)]
        found += [f"{reference}: {fault}" for fault in faults_of_deadline(story, journal)]
    return found


def faults_of(story: Story, visit: Row, told: Told) -> Iterator[str]:
    """What is wrong with the answers to one request, and with what was told of them."""
    standing = 0
    for deed, later in zip(story.deeds, [*story.deeds[1:], None], strict=True):
        verb = deed["verb"]
        if verb not in ANSWERS:
            continue
        heard = told.get((story.reference, deed["detail"]["revision"]), [])
        wrong = [row for _letter, row in heard if row["kind"] != ANSWERS[verb]]
        if wrong:
            yield f"was {verb}, and its patient was told {wrong[0]['kind']}"
        if later is not None and later["verb"] == UNDONE:
            if heard:
                yield f"{verb} was taken back, and its patient was told of it"
            continue
        standing += 1
        if len(heard) > 1 or (later is None and visit["contact_email"] and not heard):
            yield f"its patient was told {len(heard)} times of {verb}"
        if later is None and visit["ending"] != ENDINGS.get(verb, ""):
            yield f"{verb}, and the row says {visit['ending'] or 'nothing'}"
        if verb == "appointment.refused" and not all(visit["cancel_reason"] in letter.text for letter, _row in heard):
            yield "its patient was not told why it is refused"
    if standing > 1:
        yield f"was answered {standing} times"


def faults_of_deadline(story: Story, journal: Journal) -> Iterator[str]:
    deadline = journal.deadlines.get(story.reference)
    if deadline is None:
        return
    if story.now.status == "pending":
        yield "still waits, and its deadline is over"
    if any(
        deed["verb"] == "appointment.approved" and deed["occurred_at"] > deadline + ON_ITS_WAY for deed in story.deeds
    ):
        yield "was approved when its deadline was over"
