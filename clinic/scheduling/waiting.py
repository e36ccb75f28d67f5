"""The waiting room as several faces read it: who is next, who is called, who runs late. Reading never writes."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet

from clinic.directory.enums import ResourceKind
from clinic.directory.models import Location, Practitioner
from clinic.lib import clock
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment, Lateness, Reservation, WaitingScreen
from clinic.scheduling.queries import visits_of_day
from clinic.scheduling.rules import turn_of

HERE = (AppointmentStatus.ARRIVED, AppointmentStatus.CALLED)
SOON = (AppointmentStatus.BOOKED, AppointmentStatus.ARRIVED)


@dataclass(frozen=True, slots=True)
class WaitingRoom:
    """`called` holds the visits with their `rooms`, the latest call first; `waiting` the numbers by their turn."""

    now: datetime  # on the wall clock of the location
    called: list[Appointment]
    waiting: list[int]
    late: list[Lateness]


@dataclass(frozen=True, slots=True)
class PlaceInLine:
    """What one patient is told: their number, how many come before them, and the minutes of delay (0: none said)."""

    token: int | None
    ahead: int
    late: int
    is_called: bool


def line_of(practitioner: Practitioner, *, location: Location, day: date) -> list[Appointment]:
    """Those who wait for `practitioner` on `day`, the next one first."""
    waiting = visits_of_day(day, location=location, practitioner=practitioner, status=AppointmentStatus.ARRIVED)
    return sorted(waiting, key=turn_of)


def lateness_of(day: date, *, location: Location) -> QuerySet[Lateness]:
    told = Lateness.objects.filter(day=day, location=location)
    return told.select_related("practitioner").order_by("practitioner__sort_order", "practitioner")


def waiting_room(location: Location, *, now: datetime) -> WaitingRoom:
    """What the screen of `location` shows, in three queries and without any name of a patient."""
    day = clock.local_day(now, location.time_zone)
    rooms = Reservation.objects.filter(resource__kind=ResourceKind.ROOM).select_related("resource").order_by("pk")
    there = list(
        visits_of_day(
            day,
            location=location,
            status__in=HERE,
            token__isnull=False,
        ).prefetch_related(Prefetch("reservations", queryset=rooms, to_attr="rooms"))
    )
    called = [visit for visit in there if visit.status == AppointmentStatus.CALLED]
    waiting = sorted((visit for visit in there if visit.status == AppointmentStatus.ARRIVED), key=turn_of)
    return WaitingRoom(
        now=now.astimezone(ZoneInfo(location.time_zone)),
        called=sorted(called, key=lambda visit: (visit.called_at or visit.starts_at, visit.pk), reverse=True),
        waiting=[visit.token for visit in waiting if visit.token],
        late=list(lateness_of(day, location=location)),
    )


def place_in_line(visit: Appointment, *, now: datetime) -> PlaceInLine | None:
    """What the patient of `visit` is told while they wait; None on other days, and once they are being seen."""
    day = clock.local_day(now, visit.location.time_zone)
    if visit.status not in (*SOON, AppointmentStatus.CALLED):
        return None
    if clock.local_day(visit.starts_at, visit.location.time_zone) != day:
        return None
    told = Lateness.objects.filter(practitioner=visit.practitioner_id, location=visit.location_id, day=day).first()
    ahead = 0
    if visit.status == AppointmentStatus.ARRIVED:
        line = line_of(visit.practitioner, location=visit.location, day=day)
        ahead = sum(turn_of(other) < turn_of(visit) for other in line)
    return PlaceInLine(
        token=visit.token,
        ahead=ahead,
        late=told.minutes if told else 0,
        is_called=visit.status == AppointmentStatus.CALLED,
    )


def screen_of(key: str) -> WaitingScreen | None:
    return WaitingScreen.objects.select_related("location").filter(key=key).first()
