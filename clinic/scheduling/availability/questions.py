"""The pieces of `sql` put together to whole questions. Only pieces are joined here; values travel as parameters."""

from collections.abc import Collection

from clinic.directory.models import Service
from clinic.scheduling.availability import sql
from clinic.scheduling.overlaps import LONG

NOTHING = "tstzmultirange()"
OPEN_PERIODS = sql.OPEN_PERIODS.format(periods=sql.PERIODS)


def tables(*, any_service: bool, everyone: bool, everywhere: bool, pools: bool) -> str:
    """The WITH clause; what a question does not need is left out, because planning costs as much as a short run."""
    chosen = "" if everyone else "AND o.practitioner_id = ANY(%(practitioners)s)"
    if any_service:
        asked = sql.ASKED.format(distinct="DISTINCT ON (o.practitioner_id)", condition=f"s.is_public {chosen}")
        asked += "ORDER BY o.practitioner_id, s.duration, s.sort_order, s.id"
    else:
        asked = sql.ASKED.format(distinct="", condition=f"o.service_id = %(service)s {chosen}")
    places = sql.PLACES.format(condition="l.is_active" if everywhere else "l.is_active AND l.id = %(location)s")
    pooled = f", pools AS MATERIALIZED ({sql.POOLS})" if pools else ""
    doors = sql.DOORS.format(condition="l.keeps_to_hours")
    hours = ", ".join(
        f"{name} AS MATERIALIZED ({query})"
        for name, query in (("replaced", sql.REPLACED), ("special", sql.SPECIAL), ("doors", doors))
    )
    return f"WITH asked AS MATERIALIZED ({asked}), places AS MATERIALIZED ({places}), {hours} {pooled}"


def _pool_kinds(service: Service | None) -> list[str]:
    """Which of rooms and devices the service may need; all of them when the service is not known yet."""
    kinds = ["room", "device"]
    return kinds if service is None else [kind for kind in kinds if getattr(service, f"{kind}_kind")]


def _tables(*, service: Service | None, practitioners: Collection[int] | None, location: int | None) -> str:
    return tables(
        any_service=service is None,
        everyone=practitioners is None,
        everywhere=location is None,
        pools=bool(_pool_kinds(service)),
    )


def _starts(pools: str) -> str:
    """The starts that remain when `pools`, an expression, is what rooms and devices forbid."""
    own = sql.FORBIDDEN.format(
        resources="= a.practitioner_id",
        long=LONG,
        existing_seats="JOIN (SELECT a.seats AS count) r ON t.seat <= r.count",
        seats="a.seats",
    )
    return sql.STARTS.format(practitioner=own, pools=pools)


def _pools(service: Service | None) -> str:
    """What the rooms and devices forbid, in one expression."""
    forbidden = sql.FORBIDDEN.format(
        resources="= ANY(m.resources)",
        long=LONG,
        existing_seats="JOIN directory_resource r ON r.id = t.resource_id AND t.seat <= r.seats",
        seats="m.seats",
    )
    kinds = [sql.FORBIDDEN_BY_POOL.format(kind=kind, forbidden=forbidden) for kind in _pool_kinds(service)]
    return f"({' + '.join([NOTHING, *kinds])})"


def all_slots(*, service: Service, practitioners: Collection[int] | None, location: int | None) -> str:
    """Every free start between `first_day` and `last_day`."""
    return sql.ALL_SLOTS.format(
        tables=_tables(service=service, practitioners=practitioners, location=location), slots=_slots(service)
    )


def nearest_slots(*, service: Service) -> str:
    """The free starts around `around`, those of `practitioner` first."""
    return sql.NEAREST_SLOTS.format(
        tables=_tables(service=service, practitioners=None, location=None),
        own_slots=_slots(service, "a.practitioner_id = %(practitioner)s"),
        other_slots=_slots(service, "a.practitioner_id <> %(practitioner)s"),
    )


def next_slots(*, service: Service | None, location: int | None) -> str:
    """The first free start of each practitioner."""
    return sql.NEXT_SLOTS.format(
        tables=_tables(service=service, practitioners=(), location=location),
        open_periods=OPEN_PERIODS,
        starts=_starts(_pools(service)),
    )


def periods_around() -> str:
    """How one visit lies to the working periods around it."""
    return sql.PERIODS_AROUND.format(
        tables=tables(any_service=False, everyone=False, everywhere=False, pools=False), periods=sql.PERIODS
    )


def _slots(service: Service, condition: str = "true") -> str:
    if not _pool_kinds(service):
        return sql.SLOTS.format(open_periods=OPEN_PERIODS, starts=_starts(NOTHING), condition=condition)
    return sql.SLOTS_IN_POOLS.format(
        open_periods=OPEN_PERIODS, pools=_pools(service), starts=_starts("p.forbidden"), condition=condition
    )
