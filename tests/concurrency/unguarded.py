"""The site whose bookings look for a free time without locking it: what the guards are measured against.

Never served but by tests. The first visitors of a time wait for each other between looking and reserving, so that
what could happen on a busy morning does happen.
"""

import threading
from collections import Counter
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from config.wsgi import application

if TYPE_CHECKING:
    from clinic.scheduling.actions.seats import Seat
    from clinic.scheduling.actions.wishes import Wish

__all__ = ["application"]

LOCK = "FOR NO KEY UPDATE OF r"
CROWD = 4  # fewer than the threads of one worker, or it would never be complete

# Only now: models can be imported when the application is there.
seats = import_module("clinic.scheduling.actions.seats")
if LOCK not in seats.CANDIDATES:
    raise RuntimeError("Bookings lock in another way now; take that one out here.")

looked: Counter[tuple[int, datetime]] = Counter()
meeting = threading.Condition()


def look_and_wait(wish: "Wish", **asked: Any) -> "list[Seat]":
    """The free seats, told when `CROWD` visitors have found some for the same time."""
    found: list[Seat] = seats.choose_seats(wish, **asked)
    time = (wish.practitioner.pk, wish.starts_at)
    with meeting:
        looked[time] += 1
        meeting.notify_all()
        meeting.wait_for(lambda: looked[time] >= CROWD, timeout=30)
    return found


patch.object(seats, "CANDIDATES", seats.CANDIDATES.replace(LOCK, "")).start()
patch("clinic.scheduling.actions.bookings.choose_seats", look_and_wait).start()
