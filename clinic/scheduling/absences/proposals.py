"""For each visit of an absence the nearest equal times: with the same practitioner first, then with colleagues."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from clinic.directory.enums import ResourceKind
from clinic.lib import clock
from clinic.scheduling.availability import Slot, free_slots
from clinic.scheduling.models import Absence, Appointment, Reservation
from clinic.scheduling.overlaps import overlaps

BEFORE, AFTER = 7, 14  # days around the visits in which their own practitioner is asked for
NEARBY = 3  # days around each day on which colleagues are asked
OF_EACH = 3
HOURS = timedelta(hours=4)  # the longest buffer


def proposals(absence: Absence, visits: Collection[Appointment], *, now: datetime) -> dict[int, list[Slot]]:
    """By visit up to six times that are free now and lie outside of `absence`, which need not be saved.

    The first of each is meant for it and for no other of `visits`. A visit whose room or device is away may keep its
    time where another is free. Two queries for each service, and two for rooms.
    """
    own: dict[int, list[Slot]] = {}
    others: dict[int, list[Slot]] = {}
    by_service: dict[int, list[Appointment]] = defaultdict(list)
    for visit in visits:
        by_service[visit.service_id].append(visit)
    for group in by_service.values():
        own |= _own_times(group, absence, now=now)
        others |= _times_of_others(group, absence, now=now)
    here = _places_beside(absence, visits)
    given: list[tuple[int, datetime, datetime]] = []
    found: dict[int, list[Slot]] = {}
    for visit in visits:
        stays = [Slot(visit.practitioner_id, visit.location_id, visit.starts_at)] if visit.pk in here else []
        options = [*stays, *own[visit.pk], *others[visit.pk]]
        first = next((slot for slot in options if slot in stays or not _clashes(slot, visit, given)), None)
        if first:
            given.append((first.practitioner_id, first.starts_at, first.starts_at + _length(visit)))
        chosen = [*stays, *_few(own[visit.pk], visit, given), *_few(others[visit.pk], visit, given)]
        found[visit.pk] = [first, *(slot for slot in chosen if slot != first)] if first else []
    return found


def _length(visit: Appointment) -> timedelta:
    """What the visit takes of its practitioner, counted from its start."""
    return visit.ends_at - visit.starts_at + timedelta(minutes=visit.service.buffer_before + visit.service.buffer_after)


def _clashes(slot: Slot, visit: Appointment, given: Iterable[tuple[int, datetime, datetime]]) -> bool:
    """Whether the time is meant for another visit already."""
    ends = slot.starts_at + _length(visit)
    return any(
        person == slot.practitioner_id and begins < ends and slot.starts_at < until for person, begins, until in given
    )


def _few(slots: Sequence[Slot], visit: Appointment, given: Iterable[tuple[int, datetime, datetime]]) -> list[Slot]:
    return [slot for slot in slots if not _clashes(slot, visit, given)][:OF_EACH]


def _own_times(visits: list[Appointment], absence: Absence, *, now: datetime) -> dict[int, list[Slot]]:
    days = [clock.local_day(visit.starts_at, visit.location.time_zone) for visit in visits]
    first = max(min(days) - timedelta(days=BEFORE), now.date())
    slots = free_slots(
        service=visits[0].service,
        first_day=first,
        days=(max(days) + timedelta(days=AFTER) - first).days + 1,
        practitioners=list({visit.practitioner_id for visit in visits}),
        now=now,
        ignore_notice=True,
    )
    by_person: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        by_person[slot.practitioner_id].append(slot)
    return {visit.pk: _nearest(by_person[visit.practitioner_id], visit, absence) for visit in visits}


def _times_of_others(visits: list[Appointment], absence: Absence, *, now: datetime) -> dict[int, list[Slot]]:
    days = [clock.local_day(visit.starts_at, visit.location.time_zone) for visit in visits]
    first = max(min(days) - timedelta(days=NEARBY), now.date())
    slots = free_slots(
        service=visits[0].service,
        first_day=first,
        days=(max(days) + timedelta(days=NEARBY) - first).days + 1,
        now=now,
        ignore_notice=True,
    )
    return {
        visit.pk: _nearest([slot for slot in slots if slot.practitioner_id != visit.practitioner_id], visit, absence)
        for visit in visits
    }


def _nearest(slots: Iterable[Slot], visit: Appointment, absence: Absence) -> list[Slot]:
    """Those outside of the absence, at the same location first, and the nearest in time first."""
    apart = [slot for slot in slots if not _lies_in(slot, visit, absence)]
    return sorted(
        apart,
        key=lambda slot: (
            slot.location_id != visit.location_id,
            abs(slot.starts_at - visit.starts_at),
            slot.starts_at,
            slot.practitioner_id,
        ),
    )


def _lies_in(slot: Slot, visit: Appointment, absence: Absence) -> bool:
    """Whether a visit at `slot` would need what is away. Of rooms and devices only their location is known."""
    begins = slot.starts_at - timedelta(minutes=visit.service.buffer_before)
    if begins >= absence.during.upper or begins + _length(visit) <= absence.during.lower:
        return False
    if absence.resource is None:
        return slot.location_id == absence.location_id
    if absence.resource.kind == ResourceKind.PRACTITIONER:
        return slot.practitioner_id == absence.resource_id
    return slot.location_id == visit.location_id


def _places_beside(absence: Absence, visits: Collection[Appointment]) -> set[int]:
    """The visits for which another room, or device, of the same kind is free at their time."""
    away = absence.resource
    if away is None or away.kind == ResourceKind.PRACTITIONER or not visits:
        return set()
    kind = ResourceKind(away.kind)
    own = getattr(away, kind)  # the room or device itself, of which `away` is the parent row
    alike = {"location": own.location_id, f"{kind}_kind": getattr(own, f"{kind}_kind"), "is_active": True}
    beside: dict[int, int] = dict(type(own).objects.filter(**alike).exclude(pk=away.pk).values_list("pk", "seats"))
    reach = overlaps(min(visit.starts_at for visit in visits) - HOURS, max(visit.ends_at for visit in visits) + HOURS)
    taken: dict[int, list[Reservation]] = defaultdict(list)
    for row in Reservation.objects.filter(reach, resource__in=beside):
        taken[row.resource_id].append(row)
    stay = set()
    for visit in visits:
        margin = [timedelta(minutes=visit.service.buffer_before), timedelta(minutes=visit.service.buffer_after)]
        begins, ends = visit.starts_at - margin[0], visit.ends_at + margin[1]
        for place, seats in beside.items():
            busy = {row.seat for row in taken[place] if row.during.lower < ends and begins < row.during.upper}
            seat = next((number for number in range(1, seats + 1) if number not in busy), None)
            if seat:
                # Meant for this visit, so that no other of the list counts on it.
                during = DateTimeTZRange(begins, ends)
                taken[place].append(Reservation(resource_id=place, seat=seat, during=during))
                stay.add(visit.pk)
                break
    return stay
