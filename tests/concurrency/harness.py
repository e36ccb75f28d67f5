"""One time that several want at the same moment: who they are, when they start, and what must be true afterwards.

A path is a way to reserve. It prepares what it needs (a visit to move, a leave to enter) and gives a deed, which is
what all of them do at once. The deed returns whoever holds the time then, None when it found nothing to take, and
raises a refusal when it was turned away; anything else that it raises fails the test.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from typing import Any
from unittest.mock import patch

from django.db import connection, transaction

from clinic.directory.enums import RoomKind
from clinic.lib import clock, locks
from clinic.scheduling.actions import AbsenceRefused, BookingRefused, ChangeRefused, seats
from clinic.scheduling.models import Absence, Appointment, WaitlistOffer
from clinic.scheduling.waitlist.refusals import WaitlistRefused
from tests.concurrency.conftest import Clinic, all_at_once
from tests.factories.directory import RoomFactory

Deed = Callable[[], str | None]
Path = Callable[["Contest", int], Deed]

REFUSALS = (AbsenceRefused, BookingRefused, ChangeRefused, WaitlistRefused)
RESERVING = "INSERT INTO scheduling_reservation"
LOCK = "FOR NO KEY UPDATE OF r"

OVERLAPS = """
    SELECT DISTINCT format('overlap: seat %%s of %%s', a.seat, r.name_en) FROM scheduling_reservation a
    JOIN scheduling_reservation b ON a.id < b.id AND a.resource_id = b.resource_id AND a.seat = b.seat
        AND a.during && b.during
    JOIN directory_resource r ON r.id = a.resource_id
"""
# A visit has one seat of its practitioner, and one of a room where its service needs it, over all of its time; a
# cancelled one has nothing.
INCOMPLETE = """
    SELECT format('visit %%s, %%s, holds %%s', v.reference, v.status, count(h.kind)) FROM scheduling_appointment v
    JOIN directory_service s ON s.id = v.service_id
    LEFT JOIN (
        SELECT b.appointment_id, b.resource_id, b.during, r.kind FROM scheduling_reservation b
        JOIN directory_resource r ON r.id = b.resource_id
    ) h ON h.appointment_id = v.id AND h.during @> tstzrange(v.starts_at, v.ends_at)
        AND (h.kind = 'room' OR h.resource_id = v.practitioner_id)
    GROUP BY v.id, s.id
    HAVING count(h.kind) <> CASE WHEN v.status = 'cancelled' THEN 0 WHEN s.room_kind = '' THEN 1 ELSE 2 END
"""
STRAYS = """
    SELECT format('reservation %%s belongs to nothing', id) FROM scheduling_reservation
    WHERE num_nonnulls(appointment_id, hold_id, absence_id) <> 1
    UNION ALL
    SELECT format('hold %%s keeps nothing', id) FROM scheduling_hold h
    WHERE NOT EXISTS (SELECT FROM scheduling_reservation b WHERE b.hold_id = h.id)
"""
HOLDERS = """
    SELECT DISTINCT coalesce(v.reference, a.reference, h.holder) FROM scheduling_reservation b
    LEFT JOIN scheduling_appointment v ON v.id = b.appointment_id
    LEFT JOIN scheduling_absence a ON a.id = b.absence_id
    LEFT JOIN scheduling_hold h ON h.id = b.hold_id
    WHERE b.resource_id = ANY(%s) AND b.during @> %s::timestamptz
"""


class Contest(Clinic):
    """Ten o'clock with one doctor in one room; who needs no room wants the doctor only, and the other way round."""

    @transaction.atomic
    def __init__(self) -> None:
        super().__init__()
        self.with_room = self.new_service(room_kind=RoomKind.CONSULTATION)
        self.room = self.new_room()
        self.approved = self.new_service(room_kind=RoomKind.CONSULTATION, needs_approval=True)
        self.doctor = self.new_doctor(self.with_room, self.service, self.approved)
        self.other = self.new_doctor(self.service)
        self.time = self.at(600)

    @property
    def day(self) -> date:
        return clock.now().date()

    def new_room(self) -> Any:
        return RoomFactory(location=self.location, room_kind=RoomKind.CONSULTATION)

    def visit(self, minutes: int = 600, **values: Any) -> Appointment:
        return self.book(self.doctor, minutes, **{"service": self.with_room, **values})

    def holders(self) -> list[str]:
        """Who holds the time of the doctor or of the room."""
        return rows(HOLDERS, [self.doctor.pk, self.room.pk], self.time)

    def race(self, paths: Sequence[Path], *, guarded: bool = True) -> list[str]:
        """Let all of `paths` start at once; what is wrong afterwards, in words. `guarded` says whether either guard
        is there.
        """
        before = set(faults())
        with transaction.atomic():
            deeds = [prepare(self, number) for number, prepare in enumerate(paths)]
        if taken := self.holders():
            raise AssertionError(f"Prepared with {taken} in the contested time.")
        meeting = Meeting(len(deeds), contested={self.doctor.pk, self.room.pk}, guarded=guarded)
        claims = all_at_once([partial(attempt, each, meeting) for each in deeds])
        return [*(fault for fault in faults() if fault not in before), *self.disagreement(claims)]

    def disagreement(self, claims: Sequence[str | None]) -> list[str]:
        """Where those who say that they have the time are not those who hold it."""
        holders, saying = set(self.holders()), {claim for claim in claims if claim}
        if Absence.objects.filter(reference__in=holders).exists():
            # Whoever goes away takes what was only kept.
            saying -= {offer.holder for offer in WaitlistOffer.objects.all()} - holders
        if saying == holders != set():
            return []
        return [f"{sorted(saying)} say that they have the time, {sorted(holders)} hold it"]


def faults() -> list[str]:
    """What stands in the database and must not."""
    return [*rows(OVERLAPS), *rows(INCOMPLETE), *rows(STRAYS)]


class Meeting:
    """Nobody reserves a contested seat before all have looked, and without guards nobody commits before all have
    reserved. Under a lock they wait in vain, and go on.
    """

    def __init__(self, people: int, *, contested: set[int], guarded: bool) -> None:
        self.barrier = threading.Barrier(people)
        self.contested, self.guarded = contested, guarded

    def wait(self) -> None:
        with suppress(threading.BrokenBarrierError):
            self.barrier.wait(timeout=0.03 if LOCK in seats.CANDIDATES else 10)

    def listener(self) -> Any:
        """For `execute_wrapper`; it waits at the first statement that reserves what is contested."""
        met = False

        def meet(execute: Any, query: str, parameters: Any, many: bool, context: Any) -> Any:
            nonlocal met
            if met or RESERVING not in query:
                return execute(query, parameters, many, context)
            wanted = {parameters.get("resource"), *parameters.get("resources", ())}
            met = bool(wanted & self.contested)
            if met:
                self.wait()
            result = execute(query, parameters, many, context)
            if met and not self.guarded:
                self.wait()
            return result

        return meet


def attempt(deed: Deed, meeting: Meeting) -> str | None:
    """Who holds the time after `deed`; None if it was politely turned away."""
    with connection.execute_wrapper(meeting.listener()):
        try:
            return deed()
        except REFUSALS as refusal:
            if refusal.code == "busy" and locks.TRIES == 1:
                raise AssertionError("A lock or a deadlock reached somebody.") from refusal
            return None


@contextmanager
def at_the_first_try() -> Iterator[None]:
    """No lock is tried for again: what would have been hidden by a second try is seen."""
    with patch.object(locks, "TRIES", 1):
        yield


@contextmanager
def without_lock() -> Iterator[None]:
    """Whoever reserves looks at the seats without locking their resources."""
    if LOCK not in seats.CANDIDATES:
        raise AssertionError("Bookings lock in another way now; take that one out here.")
    with patch.object(seats, "CANDIDATES", seats.CANDIDATES.replace(LOCK, "")):
        yield


def rows(query: str, *asked: Any) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(query, asked)
        return [row[0] for row in cursor.fetchall()]
