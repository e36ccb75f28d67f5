"""How much of what could be booked was used: of each practitioner, room and device of a location, in one query."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from clinic.directory.enums import ResourceKind
from clinic.directory.models import Location, Resource
from clinic.lib import clock
from clinic.scheduling.availability import sql
from clinic.scheduling.overlaps import OVERLAPPING

HOUR = 3600  # seconds

# What can be booked is, of a practitioner, the hours at the location, and of a room or device its opening hours; days
# on which it is closed are left out. Time is taken seat by seat. A visit takes its length, its buffers the rest of its
# reservation; leave and maintenance count within the hours only. Used is what visits and buffers take of those hours.
SECONDS = "coalesce((SELECT sum(extract(epoch FROM upper(x) - lower(x))) FROM unnest({ranges}) x), 0)"
USE = """
    WITH places AS MATERIALIZED ({places}), replaced AS MATERIALIZED ({replaced}),
    special AS MATERIALIZED ({special}), doors AS MATERIALIZED ({doors}),
    openings AS MATERIALIZED ({openings}),
    open AS (
        SELECT a.practitioner_id AS id, range_agg(tstzrange(p.opens, p.closes)) AS hours
        FROM (SELECT resource_ptr_id AS practitioner_id, NULL::integer AS horizon FROM directory_practitioner) a
        CROSS JOIN (SELECT %(first_day)s::date AS first_day, %(last_day)s::date AS last_day) d
        CROSS JOIN LATERAL ({periods}) p
        WHERE p.opens < p.closes
        GROUP BY a.practitioner_id
        UNION ALL
        SELECT m.id, coalesce((
            SELECT range_agg(tstzrange(
                (n.day + o.starts) AT TIME ZONE l.time_zone, (n.day + o.ends) AT TIME ZONE l.time_zone
            ))
            FROM places l
            CROSS JOIN LATERAL (
                SELECT %(first_day)s::date + n AS day
                FROM generate_series(0, %(last_day)s::date - %(first_day)s::date) n
            ) n
            JOIN openings o ON o.location_id = l.location_id
                AND o.weekday = extract(isodow FROM n.day) AND n.day <@ o.days
            WHERE NOT n.day <@ l.closed
        ), '{{}}')
        FROM (
            SELECT resource_ptr_id AS id, location_id FROM directory_room
            UNION ALL
            SELECT resource_ptr_id, location_id FROM directory_device
        ) m
        WHERE m.location_id = %(location)s
    ),
    taken AS (
        SELECT b.resource_id AS id, b.seat, v.id AS visit, v.status, o.hours,
            tstzmultirange(b.during * %(span)s::tstzrange) AS during,
            CASE WHEN v.id IS NULL THEN '{{}}'
                ELSE tstzmultirange(tstzrange(v.starts_at, v.ends_at) * %(span)s::tstzrange) END AS attended
        FROM open o
        CROSS JOIN LATERAL ({reserved}) b
        LEFT JOIN scheduling_appointment v ON v.id = b.appointment_id
        WHERE b.hold_id IS NULL AND (v.id IS NULL OR v.location_id = %(location)s)
    ),
    used AS (
        SELECT t.id,
            sum(CASE WHEN t.visit IS NOT NULL THEN {seconds_attended} ELSE 0 END) AS visits,
            sum(CASE WHEN t.visit IS NOT NULL THEN {seconds_around} ELSE 0 END) AS buffers,
            sum(CASE WHEN t.visit IS NULL THEN {seconds_within} ELSE 0 END) AS away,
            sum(CASE WHEN t.visit IS NOT NULL THEN {seconds_within} ELSE 0 END) AS within,
            count(DISTINCT t.visit) AS visit_count,
            count(DISTINCT t.visit) FILTER (WHERE t.status = 'noshow') AS no_shows
        FROM taken t
        GROUP BY t.id
    )
    SELECT r.kind, r.name_en, r.name_ar, {seconds_open} * r.seats,
        coalesce(u.visits, 0), coalesce(u.buffers, 0), coalesce(u.away, 0), coalesce(u.within, 0),
        coalesce(u.visit_count, 0), coalesce(u.no_shows, 0)
    FROM open o
    JOIN directory_resource r ON r.id = o.id
    LEFT JOIN used u ON u.id = o.id
    WHERE r.is_active OR u.id IS NOT NULL
    ORDER BY r.kind, r.name_en, r.id
"""


@dataclass(frozen=True, slots=True)
class Use:
    """Of one practitioner, room or device in a span of days; lengths are hours, those of all seats together.

    `percent` is what visits and buffers take of the bookable hours; None where nothing could be booked.
    """

    kind: ResourceKind
    name: str
    bookable: float
    visit_hours: float
    buffer_hours: float
    away_hours: float
    percent: float | None
    visits: int
    no_shows: int


def utilisation(*, location: Location, first_day: date, last_day: date, now: datetime) -> list[Use]:
    """By kind and name, over the local days of `location`, both included. One query."""
    begin, end = clock.day_bounds(first_day, location.time_zone)[0], clock.day_bounds(last_day, location.time_zone)[1]
    with connection.cursor() as cursor:
        cursor.execute(
            _query(),
            {
                "location": location.pk,
                "first_day": first_day,
                "last_day": last_day,
                "span": f"[{begin.isoformat()},{end.isoformat()})",
                "now": now,
            },
        )
        found = cursor.fetchall()
    return [
        Use(
            kind=ResourceKind(kind),
            name=Resource(name_en=name_en, name_ar=name_ar).name,
            bookable=float(bookable) / HOUR,
            visit_hours=float(visits) / HOUR,
            buffer_hours=float(buffers) / HOUR,
            away_hours=float(away) / HOUR,
            percent=100 * float(within) / float(bookable) if bookable else None,
            visits=visit_count,
            no_shows=no_shows,
        )
        for kind, name_en, name_ar, bookable, visits, buffers, away, within, visit_count, no_shows in found
    ]


def _query() -> str:
    return USE.format(
        places=sql.PLACES.format(condition="l.id = %(location)s"),
        replaced=sql.REPLACED,
        special=sql.SPECIAL,
        doors=sql.DOORS.format(condition="l.keeps_to_hours"),
        openings=sql.DOORS.format(condition="true"),
        periods=sql.OPEN_PERIODS.format(periods=sql.PERIODS),
        reserved=OVERLAPPING.format(
            resources="= o.id", begins="lower(%(span)s::tstzrange)", ends="upper(%(span)s::tstzrange)"
        ),
        seconds_attended=SECONDS.format(ranges="t.attended"),
        seconds_around=SECONDS.format(ranges="t.during - t.attended"),
        seconds_within=SECONDS.format(ranges="t.during * t.hours"),
        seconds_open=SECONDS.format(ranges="o.hours"),
    )
