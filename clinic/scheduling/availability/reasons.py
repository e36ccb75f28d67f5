"""Why a day has no free time, from the rules and reservations that the free times are computed from."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from clinic.directory.models import Closure, Service
from clinic.lib import clock
from clinic.lib.planned import ask_planned
from clinic.scheduling.availability import questions, sql
from clinic.scheduling.overlaps import LONG, OVERLAPPING


class Why(StrEnum):
    """The nearest to a free time first: of several people and places, the first that holds for one is the reason."""

    SHORT = "short"  # some time is left, but no gap is long enough for this visit
    FULL = "full"
    LATE = "late"  # within the notice of the service
    BEYOND = "beyond"  # later than its horizon
    AWAY = "away"  # nobody works; whether by the weekly hours or on leave is nobody's business
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Reason:
    """`closure` is what closes the place, as visitors are told its name; only of `CLOSED`, and not always known."""

    why: Why
    closure: str = ""


NOBODY_WORKS = Reason(Why.AWAY)

# What reservations of the practitioner take of a period: the starts that they would forbid to a visit of no length.
TAKEN = """(
    SELECT ({forbidden})
    FROM (SELECT a.practitioner_id, a.seats, interval '0' AS before, interval '0' AS until) a
)"""

# Each period has one reason; `free` is what is left of it from the first moment that can be booked. A gap into which
# the visit, its buffers and a step of the grid would fit is no gap that is too short: there a room is wanting.
REASONS = """
    {tables}
    SELECT DISTINCT ON (e.day) e.day, e.why, e.name_en, e.name_ar
    FROM (
        SELECT p.day, c.name_en, c.name_ar, CASE
            WHEN p.is_closed THEN 'closed'
            WHEN p.is_beyond THEN 'beyond'
            WHEN p.closes - p.opens < a.duration THEN 'short'
            WHEN greatest(p.opens, a.earliest) > p.closes - a.duration THEN 'late'
            WHEN f.rest <@ coalesce((
                SELECT range_agg(b.during) FROM ({reserved}) b
                WHERE b.reason IN ('leave', 'maintenance', 'closure')
            ), '{{}}') THEN 'away'
            WHEN (SELECT max(upper(g) - lower(g)) FROM unnest(f.rest - coalesce({taken}, '{{}}')) g)
                BETWEEN interval '5 minutes' AND a.before + a.until + a.step - interval '1 second' THEN 'short'
            ELSE 'full'
            END AS why
        FROM asked a
        CROSS JOIN LATERAL (SELECT %(first_day)s AS first_day, %(last_day)s AS last_day) d
        CROSS JOIN LATERAL (
            SELECT t.*, (t.opens AT TIME ZONE q.time_zone)::date AS day
            FROM ({periods}) t JOIN places q ON q.location_id = t.location_id
        ) p
        CROSS JOIN LATERAL (
            SELECT CASE WHEN greatest(p.opens, a.earliest) < p.closes
                THEN tstzmultirange(tstzrange(greatest(p.opens, a.earliest), p.closes)) ELSE '{{}}' END AS rest
        ) f
        LEFT JOIN LATERAL (
            SELECT n.name_en, n.name_ar FROM directory_closure n
            WHERE p.is_closed AND (n.location_id = p.location_id OR n.location_id IS NULL)
                AND p.day BETWEEN n.first_day AND n.last_day
            ORDER BY n.first_day, n.id LIMIT 1
        ) c ON true
        WHERE p.closes > p.opens AND p.day = ANY(%(days)s)
    ) e
    ORDER BY e.day, array_position(%(order)s, e.why)
"""


def reasons(
    *,
    service: Service,
    days: Collection[date],
    practitioners: Collection[int],
    location: int | None = None,
    now: datetime | None = None,
) -> dict[date, Reason]:
    """Why each of `days`, local days without a free time, has none. One query, or none where nothing is asked.

    Days follow the wall clock of each location.
    """
    if not days:
        return {}
    asked = {
        "service": service.pk,
        "practitioners": list(practitioners),
        "location": location,
        "first_day": min(days),
        "last_day": max(days),
        "days": list(days),
        "now": now or clock.now(),
        "free_choice": False,
        "order": [str(why) for why in Why],
    }
    rows = ask_planned(question(everywhere=location is None), asked, kinds=sql.KINDS)
    found = {day: read(why, *names) for day, why, *names in rows}
    return {day: found.get(day, NOBODY_WORKS) for day in days}


def question(*, everywhere: bool) -> str:
    forbidden = sql.FORBIDDEN.format(
        resources="= a.practitioner_id",
        long=LONG,
        existing_seats="JOIN (SELECT a.seats AS count) r ON t.seat <= r.count",
        seats="a.seats",
    )
    return REASONS.format(
        tables=questions.tables(any_service=False, everyone=False, everywhere=everywhere, pools=False),
        periods=sql.PERIODS,
        reserved=OVERLAPPING.format(resources="= a.practitioner_id", begins="p.opens", ends="p.closes"),
        taken=TAKEN.format(forbidden=forbidden),
    )


def read(why: str, name_en: str | None, name_ar: str | None) -> Reason:
    return Reason(Why(why), Closure(name_en=name_en or "", name_ar=name_ar or "").name)
