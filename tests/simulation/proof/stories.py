"""What happened to each visit, told again from its audit events alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tests.simulation.proof.ledger import Ledger, Row

BIRTHS = ("appointment.booked", "appointment.requested")
# What an event changes, and with it the revision.
DEEDS = {
    f"appointment.{deed}"
    for deed in ("moved", "status", "approved", "refused", "expired", "cancelled", "undone", "called_again")
}


@dataclass(frozen=True, slots=True)
class State:
    """A visit at one revision."""

    revision: int
    status: str
    starts_at: datetime


class Broken(Exception):
    """An event does not follow from those before it."""


class Story:
    """The states of one visit, by revision, from the state before the day."""

    def __init__(self, reference: str, before: Row | None, events: Sequence[Row]) -> None:
        self.reference = reference
        self.states: list[State] = []
        self.deeds: list[Row] = []
        if before:
            self.states.append(State(before["revision"], before["status"], before["starts_at"]))
        for event in events:
            self.follow(event)

    @property
    def now(self) -> State:
        if not self.states:
            raise Broken(f"{self.reference}: its events begin before it was booked")
        return self.states[-1]

    def at(self, revision: int) -> State | None:
        return next((state for state in self.states if state.revision == revision), None)

    def follow(self, event: Row) -> None:
        verb, detail = event["verb"], event["detail"]
        if verb in BIRTHS:
            if self.states:
                raise Broken(f"{self.reference}: booked twice")
            status = "pending" if verb == "appointment.requested" else str(detail.get("status", "booked"))
            self.states.append(State(0, status, instant(detail["starts_at"])))
            self.deeds.append(event)
            return
        raises = detail.get("revision") == self.now.revision + 1
        if verb in DEEDS and not raises:
            raise Broken(f"{self.reference}: {verb} makes revision {detail.get('revision')} of {self.now.revision}")
        if not raises:
            return
        self.states.append(replace(self.after(event), revision=self.now.revision + 1))
        self.deeds.append(event)

    def after(self, event: Row) -> State:
        verb, detail, now = event["verb"], event["detail"], self.now
        if verb == "appointment.moved":
            if instant(detail["from"]) != now.starts_at:
                raise Broken(f"{self.reference}: moved from {detail['from']}, where it was not")
            return replace(now, starts_at=instant(detail["starts_at"]))
        if verb == "appointment.undone":
            return self.before_undone(event)
        if "to" in detail:
            if detail.get("from", now.status) != now.status:
                raise Broken(f"{self.reference}: was {now.status}, not {detail['from']}")
            return replace(now, status=detail["to"])
        return now

    def before_undone(self, event: Row) -> State:
        """What stood before the last deed; a booking, also of a patient who was there already, ends cancelled."""
        deed = self.deeds[-1]
        is_walk_in = len(self.deeds) == 2 and self.deeds[0]["detail"].get("source") == "walk"
        if deed["verb"] in BIRTHS or (is_walk_in and self.is_one_deed(deed)):
            return replace(self.now, status="cancelled")
        if deed["who"] != event["who"]:
            raise Broken(f"{self.reference}: {event['who']} took back what {deed['who'] or 'a visitor'} did")
        return self.states[-2]

    def is_one_deed(self, arrival: Row) -> bool:
        """Whether the arrival is the one that came with the booking of a walk-in: by the same person, and soon."""
        apart = arrival["occurred_at"] - self.deeds[0]["occurred_at"]
        is_theirs = arrival["who"] == self.deeds[0]["who"]
        # One transaction, which on a busy machine takes its time.
        return bool(arrival["detail"].get("to") == "arrived" and is_theirs and apart.total_seconds() < 10)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def story_of(ledger: Ledger, reference: str) -> Story:
    """Raises `Broken`."""
    return Story(reference, ledger.opening.visits.get(reference), ledger.events_of(reference))


def stories_broken(ledger: Ledger) -> list[str]:
    found = [
        f"{name}: there are events, but no visit"
        for name in {event["subject"] for event in ledger.events} - set(ledger.visits)
    ]
    told: set[str] = set()
    for visit in ledger.touched:
        told.add(visit["reference"])
        try:
            state = story_of(ledger, visit["reference"]).now
        except Broken as fault:
            found.append(str(fault))
            continue
        row = State(visit["revision"], visit["status"], visit["starts_at"])
        if row != state:
            found.append(f"{visit['reference']}: the row says {row}, its events say {state}")
    for name, visit in ledger.visits.items():
        before: dict[str, Any] = ledger.opening.visits.get(name, {})
        same = all(before.get(key) == visit[key] for key in ("revision", "status", "starts_at"))
        if name not in told and not same:
            found.append(f"{name}: it is new or has changed, and no event says why")
    return found


def stories(ledger: Ledger) -> dict[str, Story]:
    """Of each visit that has a whole one."""
    found = {}
    for visit in ledger.touched:
        try:
            found[visit["reference"]] = story_of(ledger, visit["reference"])
        except Broken:
            continue
    return found
