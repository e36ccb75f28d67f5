"""What people were told, beside what was true when they were told it."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.simulation.mailbox import Letter
from tests.simulation.proof.ledger import Ledger, Row
from tests.simulation.proof.stories import State, Story, stories

# Between the worker's last look at the visit and the file in the folder.
ON_ITS_WAY = timedelta(seconds=5)
TELLS = {
    "appointment_asked": ("pending",),
    "appointment_booked": ("booked",),
    "appointment_moved": ("booked", "pending"),
    "appointment_cancelled": ("cancelled",),
    "appointment_not_booked": ("cancelled",),
}
# What each patient with an address hears of.
TOLD = {
    f"appointment.{deed}" for deed in ("requested", "booked", "moved", "approved", "refused", "expired", "cancelled")
}
# A message that has left stands so; the second was decided by a person.
LEFT = ("sent", "discarded")
OPEN = ("pending", "sending", "unconfirmed", "dead")
# After these nobody needs to be told any more: the patient is or was there.
SEEN = {"arrived", "called", "consulting", "fulfilled", "noshow", "gone"}


def since(ledger: Ledger, letters: list[Letter]) -> list[tuple[Letter, Row]]:
    """Each letter of the day with its message."""
    messages = {row["reference"]: row for row in ledger.messages}
    return [(letter, messages[letter.message]) for letter in letters if letter.message in messages]


def letters_lost(ledger: Ledger, letters: list[Letter]) -> list[str]:
    arrived = {letter.message for letter in letters}
    found = [
        f"{name(row)} is noted as sent, and never arrived"
        for row in ledger.messages
        if row["status"] == "sent" and row["reference"] not in arrived
    ]
    now = datetime.now(UTC)
    found += [
        f"{name(row)} is still {row['status']}"
        for row in ledger.messages
        if row["status"] in OPEN and row["due_at"] < now - ON_ITS_WAY
    ]
    queued = {(row["subject"], row["revision"]) for row in ledger.messages}
    for reference, story in stories(ledger).items():
        if not ledger.visits[reference]["contact_email"]:
            continue
        for event in story.deeds:
            revision = int(event["detail"].get("revision", 0))
            if event["verb"] in TOLD and (reference, revision) not in queued:
                found.append(f"{reference}: nobody is told of {event['verb']}, revision {revision}")
    return found


def letters_doubled(ledger: Ledger, letters: list[Letter]) -> list[str]:
    told = since(ledger, letters)
    found = [
        f"message {each} arrived {times} times"
        for each, times in Counter(letter.message for letter, _row in told).items()
        if times > 1
    ]
    last: dict[str, tuple[str, str, str]] = {}
    for letter, row in told:
        if row["kind"] in TELLS:
            news = (row["kind"], letter.text, letter.message)
            before = last.get(row["subject"])
            if before and before[:2] == news[:2] and before[2] != news[2]:
                found.append(f"{letter.to} was told the same twice in a row: {name(row)}")
            last[row["subject"]] = news
    return found


def letters_wrong(ledger: Ledger, letters: list[Letter]) -> list[str]:
    known = {row["reference"] for row in ledger.messages}
    told = stories(ledger)
    began = min((row["created_at"] for row in ledger.messages), default=None)
    found = [
        f"a letter to {letter.to} belongs to no message"
        for letter in letters
        if began and letter.written_at > began and letter.message not in known
    ]
    for letter, row in since(ledger, letters):
        if row["status"] not in (*LEFT, *OPEN):
            found.append(f"{name(row)} is {row['status']}, and arrived")
        if letter.to != row["recipient"]:
            found.append(f"{name(row)} went to {letter.to}")
        if row["subject_type"] == "appointment":
            found += wrong_about_visit(ledger, letter, row, told.get(row["subject"]))
        elif row["kind"] == "waitlist_offer":
            found += wrong_about_offer(ledger, letter, row)
    return found


def wrong_about_visit(ledger: Ledger, letter: Letter, row: Row, story: Story | None) -> list[str]:
    visit = ledger.visits.get(row["subject"])
    if visit is None:
        return [f"{name(row)} is about a visit that does not exist"]
    found = []
    if letter.to not in (visit["contact_email"], visit["contact_phone"]):
        found.append(f"{name(row)} told {letter.to} of a visit of {visit['contact_email']}")
    if story is not None and row["kind"] in TELLS and is_over(story, row["revision"], letter):
        found.append(f"{name(row)} was told when it was over already")
    state = story.at(row["revision"]) if story else None
    if row["kind"] == "appointment_reminder":
        if just_now(ledger, row["subject"], letter):
            return found
        state = state_at(ledger, story, row["subject"], letter.written_at)
        if state is not None and state.status != "booked":
            found.append(f"{name(row)}: reminded of a visit that is {state.status}")
    if state is None:
        return found
    local = state.starts_at.astimezone(ZoneInfo(visit["time_zone"]))
    if (letter.begins and letter.begins != state.starts_at) or f"{local:%H:%M}" not in letter.text:
        found.append(f"{name(row)} tells another time than {state.starts_at:%Y-%m-%d %H:%M} UTC")
    return found


def is_over(story: Story, revision: int, letter: Letter) -> bool:
    """Whether the visit had gone on to another revision well before the letter was written."""
    later = (each for each in story.deeds if int(each["detail"].get("revision", 0)) == revision + 1)
    return any(letter.written_at - each["occurred_at"] > ON_ITS_WAY for each in later)


def wrong_about_offer(ledger: Ledger, letter: Letter, row: Row) -> list[str]:
    offer = ledger.offers.get(row["subject"])
    if offer is None:
        return [f"{name(row)} offers what was never offered"]
    local = offer["starts_at"].astimezone(ZoneInfo(offer["time_zone"]))
    found = []
    if letter.to != offer["contact_email"]:
        found.append(f"{name(row)} offered {letter.to} a time that is kept for {offer['contact_email']}")
    if f"{local:%H:%M}" not in letter.text:
        found.append(f"{name(row)} offers another time than {local:%H:%M}")
    return found


def state_at(ledger: Ledger, story: Story | None, reference: str, moment: datetime) -> State | None:
    """What the visit was at `moment`; of one that nobody touched, what it was all day."""
    if story is None:
        before = ledger.opening.visits.get(reference)
        return State(before["revision"], before["status"], before["starts_at"]) if before else None
    first = len(story.states) - len(story.deeds)
    reached = [
        state for state, deed in zip(story.states[first:], story.deeds, strict=True) if deed["occurred_at"] <= moment
    ]
    return reached[-1] if reached else story.states[0]


def just_now(ledger: Ledger, reference: str, letter: Letter) -> bool:
    """Whether the visit changed while the letter was on its way."""
    return any(
        timedelta(0) <= letter.written_at - event["occurred_at"] < ON_ITS_WAY for event in ledger.events_of(reference)
    )


def patients_misled(ledger: Ledger, letters: list[Letter]) -> list[str]:
    """Visits of the day whose last news differ from what they are, or of which nobody was told anything."""
    last: dict[str, tuple[Letter, Row]] = {}
    for letter, row in since(ledger, letters):
        if row["kind"] in TELLS:
            last[row["subject"]] = (letter, row)
    open_still = {row["subject"] for row in ledger.messages if row["status"] in OPEN and row["kind"] in TELLS}
    found = []
    for reference, story in stories(ledger).items():
        visit = ledger.visits[reference]
        if reference in open_still or SEEN & {state.status for state in story.states}:
            continue
        if reference in last:
            letter, row = last[reference]
            if visit["status"] not in TELLS[row["kind"]] or letter.begins not in (None, visit["starts_at"]):
                found.append(
                    f"{reference} is {visit['status']} at {visit['starts_at']}, and {letter.to} knows {name(row)}"
                )
        elif (
            reference not in ledger.opening.visits
            and visit["contact_email"]
            and visit["status"] in ("booked", "pending")
        ):
            found.append(f"{reference}: {visit['contact_email']} was never told of it")
    return found


def name(row: Row) -> str:
    return f"{row['kind']} {row['reference']} (of {row['subject']}, revision {row['revision']})"
