"""What people did, as they saw it, beside what the database knows of it."""

from tests.simulation.journal import Act, Journal
from tests.simulation.proof.ledger import Ledger, Row
from tests.simulation.proof.stories import BIRTHS, DEEDS, instant

# Undoing takes back whatever belonged to the deed, which may be two visits; time alone ends a request.
UNSEEN = ("appointment.undone", "appointment.expired")


def acts_lost(ledger: Ledger, journal: Journal) -> list[str]:
    """Acts whose page said that they were done, and of which nothing is left; and visits that came out double."""
    found = []
    for act in journal.acts:
        if not act.is_sure:
            continue
        if act.reference not in ledger.visits:
            found.append(f"{act.who} was given {act.reference}, which does not exist")
        elif not any(tells_of(event, act) for event in ledger.events_of(act.reference)):
            found.append(f"{act.who} was told that {act.reference} is {act.to or act.verb}, and no event says so")
    return found + doubled(ledger, journal)


def doubled(ledger: Ledger, journal: Journal) -> list[str]:
    """Visits under the address of somebody who was never shown their reference."""
    known = {act.reference for act in journal.acts if act.verb == "appointment.booked"}
    people = {act.who for act in journal.acts}
    fresh = (row for name, row in ledger.visits.items() if name not in ledger.opening.visits)
    return [
        f"{row['contact_email']} has the visit {row['reference']}, and was never shown it"
        for row in fresh
        if row["contact_email"] in people and row["reference"] not in known
    ]


def tells_of(event: Row, act: Act) -> bool:
    """Whether `event` is what `act` asked for, by whomever it was done."""
    verb, detail = event["verb"], event["detail"]
    if act.verb == "appointment.booked":
        same = verb in BIRTHS
    elif act.to:
        same = detail.get("to") == act.to
    else:
        same = verb == act.verb
    at = detail.get("starts_at")
    return same and (act.starts_at is None or at is None or instant(at) == act.starts_at)


def acts_nobody_asked(ledger: Ledger, journal: Journal) -> list[str]:
    """Events of the people of the day about visits that they did nothing to."""
    people = {act.who for act in journal.acts}
    asked: dict[str, list[Act]] = {}
    for act in journal.acts:
        asked.setdefault(act.reference, []).append(act)
    found = []
    for event in ledger.events:
        is_deed = event["verb"] in (*BIRTHS, *DEEDS) and event["verb"] not in UNSEEN
        if not is_deed or (event["who"] and event["who"] not in people):
            continue
        acts = asked.get(event["subject"], [])
        if not any(tells_of(event, act) and event["who"] in ("", act.who) for act in acts):
            found.append(
                f"{event['who'] or 'a visitor'}: {event['verb']} of {event['subject']}, which nobody asked for"
            )
    return found
