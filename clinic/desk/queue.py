"""The day's queue of a location, as reception and clinicians read it: a line for each practitioner."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from clinic.desk.policies import sees_everything
from clinic.desk.queries import on_days, reserved_places, visits_for, with_details
from clinic.desk.rows import local
from clinic.desk.status import QUEUE, Step
from clinic.directory.models import Location, Practitioner
from clinic.lib import clock
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment, Lateness
from clinic.scheduling.models.queue import LATEST
from clinic.scheduling.rules import objection, turn_of
from clinic.scheduling.waiting import lateness_of

EXPECTED = (AppointmentStatus.PENDING, AppointmentStatus.BOOKED)
DONE = (AppointmentStatus.FULFILLED, AppointmentStatus.NOSHOW, AppointmentStatus.GONE)
ROUND = 5  # minutes: nobody tells a delay more exactly


@dataclass(frozen=True, slots=True)
class Entry:
    """One visit in the queue. `minutes` is how long its state lasts; of one to come, how late the patient is."""

    visit: Appointment
    starts: datetime  # on the wall clock of the location
    minutes: int
    steps: Sequence[Step]

    @property
    def places(self) -> list[str]:
        return [place.resource.name for place in reserved_places(self.visit)]

    @property
    def waited(self) -> int | None:
        """Minutes from arrival to the call, of those who were called."""
        return next(waits([self.visit]), None)


@dataclass(slots=True)
class Line:
    """Those around one practitioner. `suggested` is the delay of whoever waits longest beyond their time."""

    practitioner: Practitioner
    late: Lateness | None
    may_lead: bool
    here: list[Entry] = field(default_factory=list)  # called or in consultation
    waiting: list[Entry] = field(default_factory=list)
    expected: list[Entry] = field(default_factory=list)
    done: list[Entry] = field(default_factory=list)
    suggested: int = 0

    @property
    def first(self) -> Entry | None:
        """Who is next."""
        return self.waiting[0] if self.waiting else None

    @property
    def seen_now(self) -> Entry | None:
        """The one visit that calling the next would complete; with two going on, people say which is over."""
        consulting = [entry for entry in self.here if entry.visit.status == AppointmentStatus.CONSULTING]
        return consulting[0] if len(consulting) == 1 else None


@dataclass(frozen=True, slots=True)
class Queue:
    lines: Sequence[Line]
    expected: int
    waiting: int
    seen: int
    done: int
    longest: int  # minutes that somebody has been waiting for
    mean: int | None  # minutes waited today by those who were called


def places_of(user: Any, *, now: datetime) -> list[Location]:
    """The locations whose queue may concern `user`: those with visits of theirs today first."""
    locations = list(Location.objects.all())
    today = Appointment.objects.none().values_list("location", flat=True)
    by_day = {clock.local_day(now, location.time_zone) for location in locations}
    for day in by_day:
        here = [location for location in locations if clock.local_day(now, location.time_zone) == day]
        today = today.union(visits_for(user).filter(on_days(day, 1, locations=here)).values_list("location", flat=True))
    busy = set(today)
    return sorted(locations, key=lambda location: location.pk not in busy)


def may_lead(user: Any, practitioner: Practitioner) -> bool:
    """Whether `user` calls the patients of `practitioner` and tells of a delay: the desk, and they themselves."""
    return sees_everything(user) or (practitioner.user_id is not None and practitioner.user_id == user.pk)


def queue_of(visits: QuerySet[Appointment], *, location: Location, now: datetime, user: Any, may_change: bool) -> Queue:
    """The queue of today at `location`, of those of `visits` that are not cancelled."""
    day = clock.local_day(now, location.time_zone)
    today = visits.filter(on_days(day, 1, locations=[location])).exclude(status=AppointmentStatus.CANCELLED)
    late = {told.practitioner_id: told for told in lateness_of(day, location=location)}
    lines: dict[int, Line] = {}
    for visit in with_details(today).order_by("practitioner__sort_order", "practitioner", "starts_at", "pk"):
        practitioner = visit.practitioner
        line = lines.get(practitioner.pk)
        if line is None:
            leads = may_change and may_lead(user, practitioner)
            line = lines[practitioner.pk] = Line(practitioner, late.get(practitioner.pk), leads)
        group_of(line, visit).append(entry_of(visit, now=now, may_change=may_change))
    for line in lines.values():
        line.waiting.sort(key=lambda entry: turn_of(entry.visit))
        line.here.sort(key=lambda entry: entry.visit.called_at or entry.visit.starts_at)
        behind = max((minutes_between(entry.visit.starts_at, now) for entry in line.waiting), default=0)
        line.suggested = min(-(-max(behind, 0) // ROUND) * ROUND, LATEST)
    return counted(list(lines.values()), now=now)


def group_of(line: Line, visit: Appointment) -> list[Entry]:
    if visit.status in EXPECTED:
        return line.expected
    if visit.status == AppointmentStatus.ARRIVED:
        return line.waiting
    return line.done if visit.status in DONE else line.here


def entry_of(visit: Appointment, *, now: datetime, may_change: bool) -> Entry:
    steps = QUEUE.get(visit.status, ()) if may_change else ()
    return Entry(
        visit=visit,
        starts=local(visit)[0],
        minutes=max(0, minutes_between(since(visit), now)),
        steps=[step for step in steps if not objection(visit, step.status, now=now)],
    )


def since(visit: Appointment) -> datetime:
    """Since when the visit is what it is."""
    moments = {
        AppointmentStatus.ARRIVED: visit.arrived_at,
        AppointmentStatus.CALLED: visit.called_at,
        AppointmentStatus.CONSULTING: visit.began_at,
        AppointmentStatus.FULFILLED: visit.finished_at,
    }
    return moments.get(AppointmentStatus(visit.status)) or visit.starts_at


def minutes_between(begin: datetime, end: datetime) -> int:
    return (end - begin) // timedelta(minutes=1)


def counted(lines: Sequence[Line], *, now: datetime) -> Queue:
    waiting = [entry for line in lines for entry in line.waiting]
    waited = list(waits(entry.visit for line in lines for entry in (*line.here, *line.done)))
    return Queue(
        lines=lines,
        expected=sum(len(line.expected) for line in lines),
        waiting=len(waiting),
        seen=sum(len(line.here) for line in lines),
        done=sum(len(line.done) for line in lines),
        longest=max((entry.minutes for entry in waiting), default=0),
        mean=round(sum(waited) / len(waited)) if waited else None,
    )


def waits(visits: Iterable[Appointment]) -> Iterator[int]:
    """How many minutes each was waiting, from arrival to the call, or else to the consultation."""
    for visit in visits:
        ended = visit.called_at or visit.began_at
        if visit.arrived_at and ended:
            yield max(0, minutes_between(visit.arrived_at, ended))


def wall_clock(location: Location, now: datetime) -> datetime:
    return now.astimezone(ZoneInfo(location.time_zone))
