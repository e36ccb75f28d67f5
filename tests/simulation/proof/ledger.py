"""What the database says at one moment, in plain rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
Ask = Callable[[str, dict[str, Any] | None], list[Row]]

VISITS = """
    SELECT a.id, a.reference, a.status, a.revision, a.starts_at, a.ends_at, a.contact_email, a.contact_phone,
           a.practitioner_id, a.location_id, a.overbooked, a.ending, a.cancel_reason, s.room_kind, s.device_kind,
           s.buffer_before, s.buffer_after, l.time_zone
    FROM scheduling_appointment a
    JOIN directory_service s ON s.id = a.service_id
    JOIN directory_location l ON l.id = a.location_id
"""
EVENTS = """
    SELECT e.id, e.verb, e.subject, e.detail, e.occurred_at, coalesce(u.username, '') AS who
    FROM audit_auditevent e LEFT JOIN accounts_user u ON u.id = e.actor_id
    WHERE e.id > %(after)s AND e.subject_type = 'appointment' ORDER BY e.id
"""
MESSAGES = """
    SELECT id, reference, kind, subject_type, subject, rule, channel, revision, recipient, status, due_at, sent_at,
           created_at, attempts
    FROM messaging_message WHERE id > %(after)s ORDER BY id
"""
OFFERS = """
    SELECT o.reference, o.starts_at, o.status, o.appointment_id, e.contact_email, l.time_zone
    FROM scheduling_waitlistoffer o
    JOIN scheduling_waitlistentry e ON e.id = o.entry_id
    JOIN directory_location l ON l.id = o.location_id
"""
ENTRIES = "SELECT reference, contact_email FROM scheduling_waitlistentry"
NEWEST = """
    SELECT coalesce((SELECT max(id) FROM audit_auditevent), 0) AS event,
           coalesce((SELECT max(id) FROM messaging_message), 0) AS message
"""


@dataclass(frozen=True, slots=True)
class Opening:
    """How everything stood before the day: visits by reference, and the newest event and message."""

    visits: dict[str, Row]
    event: int
    message: int


def open_ledger(ask: Ask) -> Opening:
    [newest] = ask(NEWEST, None)
    return Opening({row["reference"]: row for row in ask(VISITS, None)}, newest["event"], newest["message"])


@dataclass(frozen=True, slots=True)
class Ledger:
    """All visits as they are now, and what was written since `opening`."""

    ask: Ask
    opening: Opening
    visits: dict[str, Row]
    events: list[Row]
    messages: list[Row]
    offers: dict[str, Row]
    entries: dict[str, Row]

    @property
    def touched(self) -> list[Row]:
        """The visits to which something happened."""
        return [
            self.visits[name] for name in sorted({event["subject"] for event in self.events}) if name in self.visits
        ]

    def events_of(self, reference: str) -> list[Row]:
        return [event for event in self.events if event["subject"] == reference]


def read_ledger(ask: Ask, opening: Opening) -> Ledger:
    return Ledger(
        ask=ask,
        opening=opening,
        visits={row["reference"]: row for row in ask(VISITS, None)},
        events=ask(EVENTS, {"after": opening.event}),
        messages=ask(MESSAGES, {"after": opening.message}),
        offers={row["reference"]: row for row in ask(OFFERS, None)},
        entries={row["reference"]: row for row in ask(ENTRIES, None)},
    )
