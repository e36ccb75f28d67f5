"""The mail and the text messages that the portal has sent, read from its folders as their receivers would."""

import json
import re
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from icalendar import Calendar

LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Letter:
    """`message` is the reference of its row in the outbox; `begins` is what its calendar file says, in UTC."""

    message: str
    to: str
    language: str
    written_at: datetime
    text: str
    begins: datetime | None = None

    def link(self, purpose: str) -> str:
        """The first link for "visit", "move", "cancel", "confirm", "offer" or "waitlist", else empty."""
        return next((each for each in LINK.findall(self.text) if f"/book/{purpose}/" in each), "")


class Mailbox:
    """Reads each file once; the folders hold everybody's mail."""

    def __init__(self, mail: Path, sms: Path) -> None:
        self.mail, self.sms = mail, sms
        self._known: dict[str, Letter] = {}
        self._lock = threading.Lock()

    def letters(self, *, since: datetime | None = None) -> list[Letter]:
        """Every letter and text, the oldest first."""
        with self._lock:
            for file in (*self.mail.glob("*.eml"), *self.sms.glob("*.json")):
                if file.name not in self._known:
                    self._known[file.name] = read_mail(file) if file.suffix == ".eml" else read_sms(file)
            found = sorted(self._known.values(), key=lambda letter: letter.written_at)
        return [letter for letter in found if since is None or letter.written_at >= since]

    def letters_to(self, address: str) -> list[Letter]:
        return [letter for letter in self.letters() if letter.to == address]


def read_mail(file: Path) -> Letter:
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    body = mail.get_body(("plain",))
    files = [part for part in mail.iter_attachments() if part.get_filename() == "visit.ics"]
    return Letter(
        message=str(mail["Message-ID"]).strip("<>").partition("@")[0].upper(),
        to=str(mail["To"]),
        language=str(mail["Content-Language"]),
        written_at=written_at(file),
        text=str(body.get_content()) if body else "",
        begins=begin_of(files[0].get_content()) if files else None,
    )


def read_sms(file: Path) -> Letter:
    content = json.loads(file.read_text())
    return Letter(
        message=file.stem.rpartition("-")[2],
        to=content["to"],
        language="",
        written_at=written_at(file),
        text=content["text"],
    )


def written_at(file: Path) -> datetime:
    """From the name: `20261122T143000123456Z-K7QMW4TZDH.eml`."""
    return datetime.strptime(file.name.partition("-")[0], "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC)


def begin_of(content: str | bytes) -> datetime:
    calendar: Any = Calendar.from_ical(content)
    [event] = calendar.walk("VEVENT")
    begins: datetime = event["DTSTART"].dt
    return begins.astimezone(UTC)
