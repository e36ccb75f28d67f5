"""The columns of a board: practitioners, or rooms and devices, of one day, or the days of one of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinic.desk.board.asked import ROOMS, Asked
from clinic.desk.board.hours import Span
from clinic.desk.policies import sees_everything
from clinic.directory.models import Device, Location, Practitioner, Resource, Room

NO_ROOM = 0

Hours = Mapping[tuple[int, date], Sequence[Span]]
Closed = Mapping[date, str]
Row = TypeVar("Row", bound=Resource)


@dataclass(frozen=True, slots=True)
class Column:
    """One resource on one day. `services` and `room_kind` say which visits may be dragged here."""

    resource: int
    day: date
    title: str
    hours: Sequence[Span] = ()
    closed: str = ""
    services: Sequence[int] = ()
    room_kind: str = ""

    @property
    def key(self) -> str:
        return f"{self.resource}.{self.day.isoformat()}"

    def as_data(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "resource": self.resource,
            "day": self.day.isoformat(),
            "title": self.title,
            "hours": self.hours,
            "closed": self.closed,
            "services": self.services,
            "kind": self.room_kind,
        }


def practitioners_for(user: Any) -> QuerySet[Practitioner]:
    """Whose columns `user` may see."""
    people = Practitioner.objects.all()
    return people if sees_everything(user) else people.filter(user=user.pk)


def rooms_at(location: Location) -> QuerySet[Room]:
    return Room.objects.filter(location=location).order_by("room_kind", "name_en", "pk")


def devices_at(location: Location) -> QuerySet[Device]:
    return Device.objects.filter(location=location).order_by("name_en", "pk")


def one_of(rows: Sequence[Row], who: int | None) -> list[Row]:
    """The one that was asked for, else the first."""
    return [each for each in rows if each.pk == who] or list(rows[:1])


def of_people(people: Iterable[Practitioner], asked: Asked, *, hours: Hours, closed: Closed) -> list[Column]:
    return [
        Column(
            resource=each.pk,
            day=day,
            title=title_of(each.name, day, asked),
            hours=hours.get((each.pk, day), ()),
            closed=closed.get(day, ""),
            services=[service.pk for service in each.services.all()],
        )
        for each in people
        for day in asked.day_list
    ]


def of_rooms(rooms: Iterable[Room | Device], asked: Asked, *, roomless: bool, closed: Closed) -> list[Column]:
    """With one column more for visits that need neither room nor device, where there are such."""
    columns = [
        Column(
            resource=each.pk,
            day=day,
            title=title_of(each.name, day, asked),
            closed=closed.get(day, ""),
            room_kind=each.room_kind if isinstance(each, Room) else "",
        )
        for each in rooms
        for day in asked.day_list
    ]
    if roomless:
        columns.append(Column(resource=NO_ROOM, day=asked.first_day, title=_("Without a room")))
    return columns


def title_of(name: str, day: date, asked: Asked) -> str:
    return date_format(day, "D j M") if asked.days > 1 else name


def choices(asked: Asked, *, user: Any) -> list[tuple[int, str]]:
    """Whose week may be looked at."""
    if asked.by == ROOMS:
        return [(each.pk, each.name) for each in (*rooms_at(asked.location), *devices_at(asked.location))]
    return [(each.pk, each.name) for each in practitioners_for(user).filter(is_active=True)]
