import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from clinic.accounts.models import User
from clinic.messaging.delivery import deliver_due
from clinic.scheduling.actions import cancel_appointment, move_appointment
from clinic.scheduling.models import Appointment
from tests.concurrency.conftest import Clinic
from tests.simulation.journal import Act, Journal
from tests.simulation.mailbox import Letter, Mailbox
from tests.simulation.proof import Findings, prove
from tests.simulation.proof.ledger import open_ledger, read_ledger

ADDRESS = "layla@patients.example"
JSONB = 3802  # its oid; Django leaves the reading of JSON to its fields


def ask_here(statement: str, values: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """The rows of one statement on this process's own connection, as `Portal.ask` gives them."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        columns = cursor.description or []
        rows = cursor.fetchall() if columns else []
    return [
        {
            column.name: json.loads(value) if column.type_code == JSONB else value
            for column, value in zip(columns, row, strict=True)
        }
        for row in rows
    ]


@pytest.fixture
def ask(db: None) -> Callable[..., list[dict[str, Any]]]:
    return ask_here


class Day:
    """Two visits of two visitors: one booked and moved, one booked and cancelled. All of it was told."""

    def __init__(self, settings: Any, folder: Any) -> None:
        settings.EMAIL_BACKEND = "clinic.messaging.mailfolder.MailFolderBackend"
        settings.MAIL_FOLDER = folder / "mail"
        self.mailbox = Mailbox(folder / "mail", folder / "sms")
        self.clinic, self.journal = Clinic(), Journal(quiet=True)
        self.doctor = self.clinic.new_doctor(self.clinic.service)
        self.opening = open_ledger(ask_here)
        self.moved, self.cancelled = self.book(600), self.book(660)
        deliver_due()
        self.moved = move_appointment(
            appointment=self.moved,
            starts_at=self.clinic.at(720),
            practitioner=self.doctor,
            location=self.clinic.location,
            by=None,
        )
        self.note("appointment.moved", self.moved)
        cancel_appointment(appointment=self.cancelled, by=None)
        self.note("appointment.cancelled", self.cancelled, to="cancelled")
        deliver_due()

    def book(self, minutes: int) -> Appointment:
        visit = self.clinic.book(self.doctor, minutes)
        self.note("appointment.booked", visit)
        return visit

    def note(self, verb: str, visit: Appointment, *, to: str = "") -> None:
        starts_at = None if to else visit.starts_at
        self.journal.note(Act(ADDRESS, verb, visit.reference, starts_at, to))

    def letters(self) -> list[Letter]:
        return self.mailbox.letters()

    def broken(self, letters: list[Letter] | None = None) -> set[str]:
        """The promises that the proof finds broken."""
        found = self.findings(letters)
        return {promise for promise, faults in found.items() if faults}

    def findings(self, letters: list[Letter] | None = None) -> Findings:
        ledger = read_ledger(ask_here, self.opening)
        return prove(ledger, self.letters() if letters is None else letters, self.journal)


@pytest.fixture
def rana(db: None) -> User:
    return User.objects.create_user("rana")


@pytest.fixture
def day(settings: Any, tmp_path: Any) -> Day:
    return Day(settings, tmp_path)


def change(visit: Appointment, **values: Any) -> None:
    """As no action would."""
    Appointment.objects.filter(pk=visit.pk).update(**values)
