"""Which seats a visit may take: looked up under the lock, so that the answer still holds when they are reserved."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from clinic.directory.enums import ResourceKind
from clinic.scheduling.actions.refusals import BookingRefused
from clinic.scheduling.actions.wishes import Wish
from clinic.scheduling.availability.sql import LONG
from clinic.scheduling.models import Hold

# The practitioner, and every room and device that might serve.
CANDIDATES = """
    SELECT r.id FROM directory_resource r
    WHERE r.id = %(practitioner)s
        OR r.id IN (
            SELECT resource_ptr_id FROM directory_room WHERE location_id = %(location)s AND room_kind = %(room_kind)s
            UNION ALL
            SELECT resource_ptr_id FROM directory_device
            WHERE location_id = %(location)s AND device_kind = %(device_kind)s
        )
    ORDER BY r.id
    FOR NO KEY UPDATE OF r
"""

# Holds that ended, and the visitor's own that this booking replaces.
DROP_HOLDS = """
    WITH ended AS (
        SELECT h.id FROM scheduling_hold h
        WHERE h.id = %(own)s
            OR (
                h.expires_at <= %(now)s AND EXISTS (
                    SELECT FROM scheduling_reservation b
                    WHERE b.hold_id = h.id AND b.resource_id = ANY(%(resources)s)
                )
            )
    ), freed AS (
        DELETE FROM scheduling_reservation b USING ended WHERE b.hold_id = ended.id
    )
    DELETE FROM scheduling_hold h USING ended WHERE h.id = ended.id
"""

# Short reservations are found by when they begin and long ones by when they end, as in the query of free times: over
# a million rows that is a tenth of what the index of the exclusion constraint takes.
FREE_SEATS = """
    SELECT DISTINCT ON (r.kind) r.kind, r.id, n.seat
    FROM directory_resource r
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(b.seat), '{}') AS taken
        FROM (
            SELECT b.seat FROM scheduling_reservation b
            WHERE b.resource_id = r.id AND upper(b.during) - lower(b.during) <= LONG
                AND lower(b.during) > lower(%(during)s) - LONG AND lower(b.during) < upper(%(during)s)
                AND upper(b.during) > lower(%(during)s)
            UNION ALL
            SELECT b.seat FROM scheduling_reservation b
            WHERE b.resource_id = r.id AND upper(b.during) - lower(b.during) > LONG
                AND upper(b.during) > lower(%(during)s) AND lower(b.during) < upper(%(during)s)
        ) b
    ) b
    CROSS JOIN LATERAL generate_series(1, r.seats) n (seat)
    WHERE r.id = ANY(%(resources)s) AND r.is_active AND n.seat <> ALL (b.taken)
    ORDER BY r.kind, r.id, n.seat
""".replace("LONG", LONG)

RESERVE = """
    INSERT INTO scheduling_reservation (resource_id, seat, during, reason, appointment_id, hold_id, note)
    SELECT resource_id, seat, %(during)s, %(reason)s, %(appointment)s, %(hold)s, ''
    FROM unnest(%(resources)s::bigint[], %(seats)s::integer[]) AS chosen (resource_id, seat)
    ON CONFLICT DO NOTHING
    RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Seat:
    resource_id: int
    number: int


def lock_candidates(wish: Wish) -> list[int]:
    """Lock all that could serve the visit, in the order of ids; their ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            CANDIDATES,
            {
                "practitioner": wish.practitioner.pk,
                "location": wish.location.pk,
                "room_kind": wish.service.room_kind or None,
                "device_kind": wish.service.device_kind or None,
            },
        )
        return [row[0] for row in cursor.fetchall()]


def drop_holds(*, resources: list[int], now: datetime, own: Hold | None) -> None:
    """Forget holds on `resources` that have ended, and `own`."""
    with connection.cursor() as cursor:
        cursor.execute(DROP_HOLDS, {"resources": resources, "now": now, "own": own.pk if own else None})


def choose_seats(wish: Wish, *, resources: list[int]) -> list[Seat]:
    """The first free seat of the practitioner, and of the first room and device that have one.

    Raises `BookingRefused` with "taken", "no_room" or "no_device".
    """
    with connection.cursor() as cursor:
        cursor.execute(FREE_SEATS, {"resources": resources, "during": wish.during})
        free = {kind: Seat(resource_id, number) for kind, resource_id, number in cursor.fetchall()}
    needs = [(ResourceKind.PRACTITIONER, "taken")]
    if wish.service.room_kind:
        needs.append((ResourceKind.ROOM, "no_room"))
    if wish.service.device_kind:
        needs.append((ResourceKind.DEVICE, "no_device"))
    for kind, code in needs:
        if kind not in free:
            raise BookingRefused(code)
    return [free[kind] for kind, _ in needs]


def reserve(
    wish: Wish, *, seats: list[Seat], reason: str, appointment: int | None = None, hold: int | None = None
) -> None:
    """Reserve all `seats` or raise `BookingRefused("taken")`; the caller's transaction then undoes the rest.

    ON CONFLICT DO NOTHING, because a plain INSERT against an exclusion constraint deadlocks under a storm.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            RESERVE,
            {
                "during": wish.during,
                "reason": reason,
                "appointment": appointment,
                "hold": hold,
                "resources": [seat.resource_id for seat in seats],
                "seats": [seat.number for seat in seats],
            },
        )
        if len(cursor.fetchall()) != len(seats):
            raise BookingRefused("taken")
