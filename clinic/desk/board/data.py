"""The whole board in a constant number of queries."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from clinic.desk.board.asked import PEOPLE, Asked
from clinic.desk.board.blocks import (
    AWAY,
    Block,
    as_one,
    buffer_data,
    other_reservations,
    pieces,
    side_by_side,
    taken_data,
    visit_data,
)
from clinic.desk.board.columns import (
    NO_ROOM,
    Column,
    devices_at,
    of_people,
    of_rooms,
    one_of,
    practitioners_for,
    rooms_at,
)
from clinic.desk.board.hours import Span, closed_on, hours_on, minutes, reach
from clinic.desk.board.visits import Visit, read_visits
from clinic.desk.queries import visits_for
from clinic.directory.models import Device, Room
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment


def board_of(asked: Asked, *, user: Any, now: datetime, may_change: bool) -> dict[str, Any]:
    """Columns, visits and taken times as `user` may see them. Minutes count on the wall clock from midnight."""
    zone = ZoneInfo(asked.location.time_zone)
    columns, visits = people_and_visits(asked, user) if asked.by == PEOPLE else rooms_and_visits(asked, user)
    known = {(column.resource, column.day): column for column in columns}
    labels = {status: str(status.label) for status in AppointmentStatus}
    blocks: list[Block] = []
    for visit in visits:
        data = visit_data(visit, labels=labels, now=now, may_change=may_change)
        for resource in [visit.practitioner] if asked.by == PEOPLE else resources_of(visit) or [NO_ROOM]:
            blocks += standing(
                "v" + visit.reference, resource, pieces(visit.starts_at, visit.ends_at, zone), known, data
            )
        for name, resource, begin, end in visit.buffers() if asked.by != PEOPLE else ():
            blocks += standing(name, resource, pieces(begin, end, zone), known, buffer_data())
    spans = [(block.start, block.end) for block in blocks]
    away: list[Block] = []
    for taken in other_reservations({column.resource for column in columns}, asked=asked, now=now):
        spread = pieces(taken.during.lower, taken.during.upper, zone)
        among = away if taken.reason in AWAY else blocks
        among += standing(f"t{taken.pk}", taken.resource_id, spread, known, taken_data(taken))
    local_now = now.astimezone(zone)
    return {
        "by": asked.by,
        "days": [day.isoformat() for day in asked.day_list],
        "today": local_now.date().isoformat(),
        "now": minutes(local_now.time()),
        "reach": reach([*spans, *(span for column in columns for span in column.hours)]),
        "columns": [column.as_data() for column in columns],
        "blocks": [block.as_data() for block in [*as_one(away), *side_by_side(blocks)]],
    }


def people_and_visits(asked: Asked, user: Any) -> tuple[list[Column], Sequence[Visit]]:
    """Who works here on the day or has a visit; in a week the days of one of them."""
    hours, closed = hours_on(asked), closed_on(asked)
    at_work = {practitioner for practitioner, _day in hours}
    everybody = list(practitioners_for(user).prefetch_related("services"))
    if asked.days > 1:
        working = [each for each in everybody if each.pk in at_work or each.pk == asked.who]
        people = one_of(working or everybody, asked.who)
        visits = read_visits(visits_on(asked, user).filter(practitioner__in=people))
    else:
        visits = read_visits(visits_on(asked, user))
        at_work |= {visit.practitioner for visit in visits}
        people = [each for each in everybody if each.pk in at_work]
    return of_people(people, asked, hours=hours, closed=closed), visits


def rooms_and_visits(asked: Asked, user: Any) -> tuple[list[Column], Sequence[Visit]]:
    """The rooms and devices of the location, in a week one of them, and the visits there; in a day also those that
    need neither.
    """
    rooms: list[Room | Device] = [*rooms_at(asked.location), *devices_at(asked.location)]
    closed = closed_on(asked)
    if asked.days > 1:
        rooms = one_of(rooms, asked.who)
        visits = read_visits(visits_on(asked, user).filter(reservations__resource__in=rooms).distinct())
    else:
        visits = read_visits(visits_on(asked, user))
    roomless = asked.days == 1 and any(not visit.places for visit in visits)
    return of_rooms(rooms, asked, roomless=roomless, closed=closed), visits


def visits_on(asked: Asked, user: Any) -> QuerySet[Appointment]:
    begin, end = asked.bounds
    visits = visits_for(user).filter(location=asked.location, starts_at__lt=end, ends_at__gt=begin)
    return visits.exclude(status=AppointmentStatus.CANCELLED)


def resources_of(visit: Visit) -> list[int]:
    return [place.resource for place in visit.places]


def standing(
    name: str,
    resource: int,
    spread: Iterable[tuple[date, Span]],
    known: dict[tuple[int, date], Column],
    data: dict[str, Any],
) -> list[Block]:
    """A block for each day of the board that the time covers. A visit is dragged by its first day only."""
    blocks = []
    for number, (day, (first, last)) in enumerate(spread):
        if column := known.get((resource, day)):
            told = {**data, "moves": False} if number and "moves" in data else data
            blocks.append(Block(f"{name}.{column.key}", column.key, first, last, told))
    return blocks
