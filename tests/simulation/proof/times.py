"""Time that is taken: overlaps, and visits that have not all of theirs."""

from tests.simulation.proof.ledger import Ledger

OVERLAPS = """
    SELECT a.resource_id, a.seat, a.during::text AS one, b.during::text AS other
    FROM scheduling_reservation a
    JOIN scheduling_reservation b
      ON a.id < b.id AND a.resource_id = b.resource_id AND a.seat = b.seat AND a.during && b.during
"""
# What each visit holds: its practitioner for the whole of it, the room and device that its service needs, where it is.
HELD = """
    SELECT a.reference, a.status, s.room_kind, s.device_kind, count(r.id) AS held,
           count(r.id) FILTER (WHERE r.resource_id = a.practitioner_id AND r.during @> v.whole) AS practitioners,
           count(m.resource_ptr_id) FILTER (
               WHERE m.room_kind = s.room_kind AND m.location_id = a.location_id AND r.during @> v.whole) AS rooms,
           count(d.resource_ptr_id) FILTER (
               WHERE d.device_kind = s.device_kind AND d.location_id = a.location_id AND r.during @> v.whole) AS devices
    FROM scheduling_appointment a
    JOIN directory_service s ON s.id = a.service_id
    CROSS JOIN LATERAL (SELECT tstzrange(a.starts_at, a.ends_at) AS whole) v
    LEFT JOIN scheduling_reservation r ON r.appointment_id = a.id
    LEFT JOIN directory_room m ON m.resource_ptr_id = r.resource_id
    LEFT JOIN directory_device d ON d.resource_ptr_id = r.resource_id
    WHERE a.reference = ANY(%(references)s)
    GROUP BY a.reference, a.status, s.room_kind, s.device_kind
"""
ORPHANS = """
    SELECT r.id, r.reason FROM scheduling_reservation r
    LEFT JOIN scheduling_appointment a ON a.id = r.appointment_id
    WHERE r.reason = 'appointment' AND (a.id IS NULL OR a.status = 'cancelled')
"""


def times_overlap(ledger: Ledger) -> list[str]:
    return [
        f"resource {row['resource_id']}, seat {row['seat']}: {row['one']} and {row['other']}"
        for row in ledger.ask(OVERLAPS, None)
    ]


def times_incomplete(ledger: Ledger) -> list[str]:
    touched = [visit["reference"] for visit in ledger.touched]
    found = []
    for row in ledger.ask(HELD, {"references": touched}):
        needs = {"practitioners": 1, "rooms": int(bool(row["room_kind"])), "devices": int(bool(row["device_kind"]))}
        if row["status"] == "cancelled":
            needs = dict.fromkeys(needs, 0)
        has = {name: row[name] for name in needs}
        if has != needs or row["held"] != sum(needs.values()):
            found.append(f"{row['reference']} ({row['status']}) holds {has}, needs {needs}")
    return found + [
        f"reservation {row['id']} belongs to no visit that takes place" for row in ledger.ask(ORPHANS, None)
    ]
