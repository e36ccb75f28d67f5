"""Which seats a visit may take: looked up under the lock, so that the answer still holds when they are reserved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from clinic.directory.enums import ResourceKind
from clinic.lib.live import announce
from clinic.scheduling.actions.refusals import BookingRefused
from clinic.scheduling.actions.wishes import Wish
from clinic.scheduling.models import Hold
from clinic.scheduling.overlaps import OVERLAPPING

# Of each visit the practitioner, and every room and device that might serve; what else is to be locked has number 0.
CANDIDATES = """
    WITH wishes AS (
        SELECT * FROM unnest(
            %(practitioners)s::bigint[], %(locations)s::bigint[], %(room_kinds)s::text[], %(device_kinds)s::text[]
        ) WITH ORDINALITY w (practitioner, location, room_kind, device_kind, number)
    )
    SELECT c.number, r.id
    FROM (
        SELECT number, practitioner AS id FROM wishes
        UNION ALL
        SELECT w.number, m.resource_ptr_id FROM wishes w
        JOIN directory_room m ON m.location_id = w.location AND m.room_kind = w.room_kind
        UNION ALL
        SELECT w.number, m.resource_ptr_id FROM wishes w
        JOIN directory_device m ON m.location_id = w.location AND m.device_kind = w.device_kind
        UNION ALL
        SELECT 0, o.id FROM unnest(%(others)s::bigint[]) o (id)
    ) c
    JOIN directory_resource r ON r.id = c.id
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

EXTRA_SEATS = 5  # beside those of a practitioner, for visits that staff squeeze in

# What takes some of `during`, of the resource `r`.
RESERVED = OVERLAPPING.format(resources="= r.id", begins="lower(%(during)s)", ends="upper(%(during)s)")

FREE_SEATS = """
    SELECT DISTINCT ON (r.kind) r.kind, r.id, n.seat
    FROM directory_resource r
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(b.seat), '{}') AS taken
        FROM (RESERVED) b
        WHERE b.appointment_id IS DISTINCT FROM %(own)s
    ) b
    CROSS JOIN LATERAL generate_series(1, r.seats + CASE WHEN r.id = ANY(%(extra)s) THEN EXTRA ELSE 0 END) n (seat)
    WHERE r.id = ANY(%(candidates)s) AND r.is_active AND n.seat <> ALL (b.taken)
    ORDER BY r.kind, r.id <> ALL(%(kept)s), r.id, n.seat
""".replace("EXTRA", str(EXTRA_SEATS)).replace("RESERVED", RESERVED)

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
    return lock_for([wish])[0]


def lock_for(wishes: Sequence[Wish], *, others: Sequence[int] = ()) -> list[list[int]]:
    """Lock all that could serve the visits, and the resources `others`, in the order of ids; the ids for each visit."""
    with connection.cursor() as cursor:
        cursor.execute(
            CANDIDATES,
            {
                "practitioners": [wish.practitioner.pk for wish in wishes],
                "locations": [wish.location.pk for wish in wishes],
                "room_kinds": [wish.service.room_kind or None for wish in wishes],
                "device_kinds": [wish.service.device_kind or None for wish in wishes],
                "others": list(others),
            },
        )
        found: list[list[int]] = [[] for _wish in wishes]
        for number, resource in cursor.fetchall():
            if number:
                found[number - 1].append(resource)
        return found


def drop_holds(*, resources: list[int], now: datetime, own: Hold | None) -> None:
    """Forget holds on `resources` that have ended, and `own`."""
    with connection.cursor() as cursor:
        cursor.execute(DROP_HOLDS, {"resources": resources, "now": now, "own": own.pk if own else None})


def choose_seats(
    wish: Wish, *, resources: list[int], own: int | None = None, kept: Sequence[int] = (), extra: bool = False
) -> list[Seat]:
    """The first free seat of the practitioner, and of the first room and device that have one.

    What the visit `own` holds counts as free, and of rooms and devices those `kept` come first. With `extra` the
    practitioner has a few seats more. Raises `BookingRefused` with "taken", "no_room" or "no_device".
    """
    with connection.cursor() as cursor:
        cursor.execute(
            FREE_SEATS,
            {
                "candidates": resources,
                "during": wish.during,
                "own": own or 0,
                "kept": list(kept),
                "extra": [wish.practitioner.pk] if extra else [],
            },
        )
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
    announce("visits" if hold is None else "holds", location=wish.location, at=wish.starts_at)
