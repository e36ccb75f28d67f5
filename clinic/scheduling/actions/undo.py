"""Taking back what was done last at a desk. A time that somebody else has taken meanwhile stays theirs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from clinic.audit.actions import record_event
from clinic.directory.models import Location, Practitioner
from clinic.lib import clock
from clinic.messaging.enums import MessageStatus
from clinic.messaging.models import Message
from clinic.scheduling.actions.changes import fresh
from clinic.scheduling.actions.deeds import KEPT, WINDOW
from clinic.scheduling.actions.locks import StillBusy, in_transaction
from clinic.scheduling.actions.refusals import ChangeRefused
from clinic.scheduling.actions.seats import choose_seats, drop_holds, lock_for, reserve
from clinic.scheduling.actions.wishes import Wish
from clinic.scheduling.enums import AppointmentStatus, DeedKind, ReservationReason
from clinic.scheduling.messages import ASKED, BOOKED, MOVED, SUBJECT_TYPE, queue_asked, queue_booked, queue_moved
from clinic.scheduling.models import Appointment, Deed, Reservation
from clinic.scheduling.waitlist.reopening import reopen_offer
from clinic.scheduling.waitlist.waking import wake_waitlist

TELL = {ASKED: queue_asked, BOOKED: queue_booked, MOVED: queue_moved}
UNTOLD = (MessageStatus.PENDING, MessageStatus.SKIPPED)


@dataclass(frozen=True, slots=True)
class Way:
    """The way back of one visit: from its last deed to what was before the first. `wish` is the time that it needs."""

    visit: Appointment
    first: Deed
    last: Deed
    values: dict[str, Any]
    wish: Wish | None


def last_deed(by: AbstractBaseUser) -> Deed | None:
    """What `by` did last, if it can still be undone."""
    return Deed.objects.filter(actor=by.pk, done_at__gt=clock.now() - WINDOW).order_by("-pk").first()


def undo_last(*, by: AbstractBaseUser, group: str = "") -> list[Appointment]:
    """Take back what `by` did last, whole, or the `group` that they saw; the visits as they are now.

    A booking is cancelled without a word to the patient, who has not heard of it yet, and what came of the waitlist is
    offered again; a visit that was moved or
    cancelled gets its old time back, a status its former one. Raises `ChangeRefused`, with "undo_late" when there is
    nothing to take back and "changed" when somebody has touched a visit since, and `BookingRefused` when an old time
    is not free any more; nothing is written then.
    """

    def undo() -> list[Appointment]:
        now = clock.now()
        found = Deed.objects.filter(actor=by.pk, done_at__gt=now - WINDOW).order_by("pk")
        group_asked = group or found.values_list("group", flat=True).last()
        deeds = list(found.filter(group=group_asked))
        if not deeds:
            raise ChangeRefused("undo_late")
        ways = ways_back(deeds)
        needing = [way for way in ways if way.wish]
        wishes = [way.wish for way in ways if way.wish]
        given_up = [way.visit.pk for way in ways if way.wish or way.first.kind == DeedKind.BOOKED]
        held = Reservation.objects.filter(appointment__in=given_up).values_list("resource", flat=True)
        resources = lock_for(wishes, others=list(held))
        # Under the locks: who undoes the same at the same moment finds nothing here.
        if Deed.objects.filter(pk__in=[deed.pk for deed in deeds]).delete()[0] != len(deeds):
            raise ChangeRefused("undo_late")
        drop_holds(resources=[each for found in resources for each in found], now=now, own=None)
        for way in ways:
            if way.first.kind == DeedKind.BOOKED:
                reopen_offer(way.visit, by=by)
        # All let go before any is taken: visits may have changed places.
        Reservation.objects.filter(appointment__in=given_up).delete()
        for way, wish, candidates in zip(needing, wishes, resources, strict=True):
            take_back(way, wish, candidates=candidates)
        return [restore(way, by=by) for way in ways]

    try:
        return in_transaction(undo)
    except StillBusy:
        raise ChangeRefused("busy") from None


def ways_back(deeds: list[Deed]) -> list[Way]:
    """A way for each visit of `deeds`, which are in the order in which they were done."""
    firsts: dict[int, Deed] = {}
    lasts: dict[int, Deed] = {}
    for deed in deeds:
        firsts.setdefault(deed.appointment_id, deed)
        lasts[deed.appointment_id] = deed
    known = Appointment.objects.select_related("service", "location", "practitioner", "patient")
    visits = known.in_bulk(firsts)
    people = Practitioner.objects.in_bulk({first.before.get("practitioner_id") for first in firsts.values()} - {None})
    places = Location.objects.in_bulk({first.before.get("location_id") for first in firsts.values()} - {None})
    ways = []
    for pk, first in firsts.items():
        visit, wish = visits[pk], None
        if first.kind == DeedKind.BOOKED:
            values: dict[str, Any] = {"status": AppointmentStatus.CANCELLED}
        else:
            values = {name: read(name, first.before[name]) for name in KEPT}
            if has_lost_its_time(visit, values):
                begins: datetime = values["starts_at"]
                person, place = people[values["practitioner_id"]], places[values["location_id"]]
                wish = Wish(visit.service, person, place, begins, values["ends_at"] - begins)
        ways.append(Way(visit, first, lasts[pk], values, wish))
    return ways


def has_lost_its_time(visit: Appointment, before: dict[str, Any]) -> bool:
    where = ("practitioner_id", "location_id", "starts_at", "ends_at")
    return visit.status == AppointmentStatus.CANCELLED or any(getattr(visit, name) != before[name] for name in where)


def read(name: str, value: Any) -> Any:
    """The value of a column from what a deed keeps of it."""
    field: Any = Appointment._meta.get_field(name)
    return field.to_python(value)


def take_back(way: Way, wish: Wish, *, candidates: list[int]) -> None:
    """Reserve the old time again, in the old room if it is free. Raises `BookingRefused`."""
    before = way.first.before
    seats = choose_seats(wish, resources=candidates, kept=before["held"], extra=bool(before["overbooked"]))
    reserve(wish, seats=seats, reason=ReservationReason.APPOINTMENT, appointment=way.visit.pk)


def restore(way: Way, *, by: AbstractBaseUser) -> Appointment:
    unchanged = Appointment.objects.filter(pk=way.visit.pk, revision=way.last.revision)
    if not unchanged.update(revision=way.last.revision + 1, **way.values):
        raise ChangeRefused("changed")
    visit = fresh(way.visit)
    record_event(
        "appointment.undone",
        subject_type="appointment",
        subject=visit.reference,
        by=by,
        detail={"undone": str(way.last.kind), "revision": visit.revision},
    )
    if way.wish or way.first.kind == DeedKind.BOOKED:
        wake_waitlist(visit.service_id)  # the time that it had until now is free
    if way.first.kind != DeedKind.BOOKED:
        tell_what_waited(visit, revision=way.first.revision - 1)
    return visit


def tell_what_waited(visit: Appointment, *, revision: int) -> None:
    """Queue again what was still to be told of `revision`, which is true again, as of the visit's revision now."""
    waited = Message.objects.filter(
        subject_type=SUBJECT_TYPE, subject=visit.reference, revision=revision, kind__in=TELL, status__in=UNTOLD
    )
    for message in waited:
        TELL[message.kind](visit, due_at=message.due_at)
