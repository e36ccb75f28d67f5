"""Everybody who listens in this process, and what each of them is still to be told."""

import asyncio
import json
from collections.abc import Iterable
from typing import Any

from clinic.lib.live import EVERYTHING

PLACES = 900  # below gunicorn's worker connections
PLACES_OF_ONE = 10  # pages that one person has open
SEVERAL = 50  # changes that a slow page has not been told yet; more of them are one change anywhere


class Listener:
    """An open page. It is told everything at first: something may have changed while it was loaded."""

    def __init__(self, user: int) -> None:
        self.user = user
        self.changes: dict[str, None] = {}
        self.news = asyncio.Event()
        self.must_leave = False
        self.tell([EVERYTHING.as_data()])

    def tell(self, changes: Iterable[dict[str, Any]]) -> None:
        """Remember `changes`, each once, until they are taken."""
        self.changes.update(dict.fromkeys(json.dumps(change) for change in changes))
        if len(self.changes) > SEVERAL:
            self.changes = {json.dumps(EVERYTHING.as_data()): None}
        self.news.set()

    def take(self) -> list[str]:
        """What is to be told, as JSON."""
        taken, self.changes = list(self.changes), {}
        self.news.clear()
        return taken

    def send_away(self) -> None:
        self.must_leave = True
        self.news.set()


class Room:
    """`hears` says whether changes reach us at all: without Valkey they do not, and pages look for themselves."""

    def __init__(self) -> None:
        self.listeners: dict[Listener, None] = {}
        self.hears = False

    def admit(self, user: int) -> Listener | None:
        """A place for one more page; None when the house is full. Who has too many pages open loses the oldest."""
        if len(self.listeners) >= PLACES:
            return None
        own = [each for each in self.listeners if each.user == user and not each.must_leave]
        if len(own) >= PLACES_OF_ONE:
            own[0].send_away()
        listener = Listener(user)
        self.listeners[listener] = None
        return listener

    def leave(self, listener: Listener) -> None:
        self.listeners.pop(listener, None)

    def tell(self, changes: Iterable[dict[str, Any]]) -> None:
        known = list(changes)
        for listener in self.listeners:
            listener.tell(known)

    def hear(self, *, hears: bool) -> None:
        """Changes reach us again, or no longer. What was missed meanwhile nobody knows."""
        self.hears = hears
        self.tell([EVERYTHING.as_data()] if hears else [])
