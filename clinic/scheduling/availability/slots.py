"""When somebody can be booked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from clinic.directory.models import Service
from clinic.lib import clock
from clinic.lib.planned import ask_planned
from clinic.scheduling.availability import questions
from clinic.scheduling.availability.sql import KINDS

FAR_AHEAD = timedelta(days=401)  # beyond the horizon of any service
NEARBY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Slot:
    """A visit that could be booked: who, where, and when it starts (UTC)."""

    practitioner_id: int
    location_id: int
    starts_at: datetime


def free_slots(
    *,
    service: Service,
    first_day: date,
    days: int,
    practitioners: Collection[int] | None = None,
    location: int | None = None,
    now: datetime | None = None,
    ignore_notice: bool = False,
) -> list[Slot]:
    """The free times of `days` local days from `first_day`, by time, practitioner and location.

    Days follow the wall clock of each location. `practitioners` None means everyone who offers the service.
    `ignore_notice` is for staff: neither the notice nor the horizon of the service bounds them.
    """
    query = questions.all_slots(service=service, practitioners=practitioners, location=location)
    return _slots(
        query,
        {
            "service": service.pk,
            "practitioners": None if practitioners is None else list(practitioners),
            "location": location,
            "first_day": first_day,
            "last_day": first_day + timedelta(days=days - 1),
            "now": now or clock.now(),
            "free_choice": ignore_notice,
        },
    )


def next_free(
    *,
    service: Service | None = None,
    practitioners: Collection[int],
    location: int | None = None,
    first_day: date | None = None,
    now: datetime | None = None,
) -> dict[int, Slot]:
    """The next free time of each practitioner who has one, by practitioner: from now, or from a local day, on.

    Without a service it is that of the shortest public one that each offers.
    """
    now = now or clock.now()
    yesterday = now.astimezone(UTC).date() - timedelta(days=1)
    first_day = max(first_day or yesterday, yesterday)
    found = _slots(
        questions.next_slots(service=service, location=location),
        {
            "service": service.pk if service else None,
            "practitioners": list(practitioners),
            "location": location,
            "first_day": first_day,
            "last_day": yesterday + FAR_AHEAD,
            "now": now,
            "free_choice": False,
        },
    )
    return {slot.practitioner_id: slot for slot in found}


def nearest_free(
    *,
    service: Service,
    practitioner_id: int,
    location_id: int,
    around: datetime,
    count: int = 5,
    now: datetime | None = None,
    ignore_notice: bool = False,
) -> list[Slot]:
    """Up to `count` free times within two weeks of `around`: those of the practitioner first, at this location
    before others, then those of the others who offer the service; each group nearest first.
    """
    day = around.astimezone(UTC).date()
    return _slots(
        questions.nearest_slots(service=service),
        {
            "service": service.pk,
            "practitioners": None,
            "location": None,
            "first_day": day - NEARBY,
            "last_day": day + NEARBY,
            "now": now or clock.now(),
            "free_choice": ignore_notice,
            "practitioner": practitioner_id,
            "here": location_id,
            "around": around,
            "count": count,
        },
    )


def _slots(query: str, asked: dict[str, Any]) -> list[Slot]:
    return [Slot(*row) for row in ask_planned(query, asked, kinds=KINDS)]
