"""The day's queue: calling the next one, calling again, telling of a delay, and the screen in the waiting room."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from clinic.audit.actions import record_event
from clinic.directory.models import Location, Practitioner
from clinic.lib import clock
from clinic.scheduling.actions.changes import change_status, fresh
from clinic.scheduling.actions.deeds import as_one_deed
from clinic.scheduling.actions.locks import StillBusy, in_transaction
from clinic.scheduling.actions.refusals import ChangeRefused
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment, Lateness, WaitingScreen
from clinic.scheduling.models.queue import new_key
from clinic.scheduling.waiting import line_of


def call_next(
    *,
    practitioner: Practitioner,
    location: Location,
    seen: str,
    by: AbstractBaseUser | None,
    finish: Appointment | None = None,
) -> Appointment:
    """Call whoever is next for `practitioner`, and complete `finish`, the visit before, in the same transaction.

    `seen` is the reference of the visit that the caller was shown as the next one, so that pressing twice, or two
    people pressing at once, calls one patient. Raises `ChangeRefused`: "nobody" waits, or the queue is "overtaken"
    by another change; nothing is written then.
    """

    def call() -> Appointment:
        day = clock.local_day(clock.now(), location.time_zone)
        line = line_of(practitioner, location=location, day=day)
        if not line or line[0].reference != seen:
            already = Appointment.objects.filter(
                reference=seen, practitioner=practitioner, location=location, status=AppointmentStatus.CALLED
            ).first()
            if already:
                return fresh(already)
            raise ChangeRefused("overtaken" if line else "nobody")
        with as_one_deed():
            if finish is not None:
                change_status(appointment=finish, status=AppointmentStatus.FULFILLED, by=by)
            return change_status(appointment=line[0], status=AppointmentStatus.CALLED, by=by)

    try:
        return in_transaction(call)
    except StillBusy:
        raise ChangeRefused("busy") from None


def call_again(*, appointment: Appointment, by: AbstractBaseUser | None) -> Appointment:
    """Show a number that was called once more as the latest. Raises `ChangeRefused`."""

    def call() -> Appointment:
        current = fresh(appointment)
        if current.status != AppointmentStatus.CALLED:
            raise ChangeRefused("changed" if current.revision != appointment.revision else "not_allowed")
        unchanged = Appointment.objects.filter(pk=current.pk, revision=current.revision)
        if not unchanged.update(called_at=clock.now(), revision=current.revision + 1):
            raise ChangeRefused("changed")
        current = fresh(current)
        detail = {"revision": current.revision}
        record_event(
            "appointment.called_again", subject_type="appointment", subject=current.reference, by=by, detail=detail
        )
        return current

    try:
        return in_transaction(call)
    except StillBusy:
        raise ChangeRefused("busy") from None


@transaction.atomic
def tell_lateness(
    *, practitioner: Practitioner, location: Location, minutes: int, by: AbstractBaseUser | None
) -> Lateness | None:
    """Tell those who wait at `location` today that `practitioner` runs `minutes` late; 0 takes it back."""
    now = clock.now()
    place: dict[str, Any] = {
        "practitioner": practitioner,
        "location": location,
        "day": clock.local_day(now, location.time_zone),
    }
    told: Lateness | None = None
    if minutes:
        told, _made = Lateness.objects.update_or_create(**place, defaults={"minutes": minutes, "told_at": now})
    elif not Lateness.objects.filter(**place).delete()[0]:
        return None
    record_event(
        "practitioner.late" if minutes else "practitioner.on_time",
        subject_type="practitioner",
        subject=str(practitioner.pk),
        by=by,
        detail={"minutes": minutes, "location": location.slug},
    )
    return told


@transaction.atomic
def open_screen(*, location: Location, by: AbstractBaseUser | None) -> WaitingScreen:
    """Give the screen of `location` an address. An earlier one shows nothing any more."""
    values = {"key": new_key(), "opened_at": clock.now()}
    screen, _made = WaitingScreen.objects.update_or_create(location=location, defaults=values)
    record_event("waitingscreen.opened", subject_type="waitingscreen", subject=str(location.pk), by=by)
    return screen


@transaction.atomic
def close_screen(*, location: Location, by: AbstractBaseUser | None) -> None:
    """Take the address away. Nothing happens when there is none."""
    if WaitingScreen.objects.filter(location=location).delete()[0]:
        record_event("waitingscreen.closed", subject_type="waitingscreen", subject=str(location.pk), by=by)
