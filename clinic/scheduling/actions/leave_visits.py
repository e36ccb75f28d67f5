"""What becomes of one visit that lies in an absence. Called within the transaction of the absence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from clinic.audit.actions import record_event
from clinic.directory.models import Location, Practitioner
from clinic.lib import clock
from clinic.scheduling import rules
from clinic.scheduling.absences.notices import queue_displaced
from clinic.scheduling.actions.changes import cancel_appointment
from clinic.scheduling.actions.moves import move_appointment
from clinic.scheduling.actions.refusals import AbsenceRefused, BookingRefused, ChangeRefused
from clinic.scheduling.actions.seats import choose_seats, lock_for, reserve
from clinic.scheduling.actions.wishes import Wish
from clinic.scheduling.enums import Decision, ReservationReason
from clinic.scheduling.models import Absence, AffectedVisit, Appointment, Reservation


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody decided about `visit`, as they saw it. Only a move has a time, a practitioner and a location."""

    visit: Appointment
    decision: Decision
    practitioner: Practitioner | None = None
    location: Location | None = None
    starts_at: datetime | None = None

    @property
    def wish(self) -> Wish | None:
        """The time that the visit is to move to."""
        if self.decision != Decision.MOVED or not (self.practitioner and self.location and self.starts_at):
            return None
        length = self.visit.ends_at - self.visit.starts_at
        return Wish(self.visit.service, self.practitioner, self.location, self.starts_at, length)


def check_seen(visits: Sequence[Appointment], choices: Sequence[Choice], *, all_of_them: bool) -> None:
    """Raises `AbsenceRefused("changed")` for visits that are not as somebody saw them, or that nobody saw."""
    seen = {choice.visit.pk: choice.visit.revision for choice in choices}
    unseen = [
        visit.pk
        for visit in visits
        if (all_of_them and visit.pk not in seen) or seen.get(visit.pk, visit.revision) != visit.revision
    ]
    if unseen:
        raise AbsenceRefused("changed", visits=unseen)


def settle(
    absence: Absence, visits: Sequence[Appointment], choices: Sequence[Choice], *, by: AbstractBaseUser | None
) -> None:
    """Do what was chosen for each of `visits`. Raises `AbsenceRefused("visit")` for the first that cannot be done."""
    chosen = {choice.visit.pk: choice for choice in choices}
    for visit in visits:
        choice = chosen[visit.pk]
        try:
            note_decision(absence, visit, _carry_out(absence, visit, choice, by=by))
        except (BookingRefused, ChangeRefused) as refusal:
            raise AbsenceRefused("visit", visits=[visit.pk], why=refusal.message) from refusal


def note_decision(absence: Absence, visit: Appointment, decision: Decision) -> None:
    AffectedVisit.objects.update_or_create(
        absence=absence, appointment=visit, defaults={"decision": decision, "decided_at": clock.now()}
    )


def _carry_out(absence: Absence, visit: Appointment, choice: Choice, *, by: AbstractBaseUser | None) -> Decision:
    """What was done in the end: who cannot choose by a link in an e-mail is to be called."""
    if choice.decision == Decision.CANCELLED:
        cancel_appointment(appointment=visit, by=by, reason=str(absence.get_kind_display()))
    elif choice.decision == Decision.MOVED:
        _move(absence, visit, choice.wish, by=by)
    elif choice.decision == Decision.ASKED:
        if not (visit.contact_email and rules.can_move_online(visit, clock.now())):
            return Decision.CALL
        if queue_displaced(visit, absence=absence):
            _record("appointment.asked", visit, by=by)
    return choice.decision


def _move(absence: Absence, visit: Appointment, wish: Wish | None, *, by: AbstractBaseUser | None) -> None:
    if wish is None:
        raise ChangeRefused("not_allowed")
    if wish.starts_at == visit.starts_at and wish.practitioner.pk == visit.practitioner_id and absence.resource_id:
        _take_another_place(absence, visit, wish, by=by)
        return
    move_appointment(
        appointment=visit,
        starts_at=wish.starts_at,
        practitioner=wish.practitioner,
        location=wish.location,
        by=by,
        ignore_notice=True,
    )


def _take_another_place(absence: Absence, visit: Appointment, wish: Wish, *, by: AbstractBaseUser | None) -> None:
    """The same time in another room, or with another device. Nobody is told: for the patient nothing changes.

    Raises `BookingRefused` with "taken", "no_room" or "no_device".
    """
    free = [resource for resource in lock_for([wish])[0] if resource != absence.resource_id]
    held = [
        resource
        for resource in Reservation.objects.filter(appointment=visit).values_list("resource", flat=True)
        if resource != absence.resource_id
    ]
    seats = choose_seats(wish, resources=free, own=visit.pk, kept=held)
    Reservation.objects.filter(appointment=visit).delete()
    reserve(wish, seats=seats, reason=ReservationReason.APPOINTMENT, appointment=visit.pk)
    _record("appointment.reseated", visit, by=by)


def _record(verb: str, visit: Appointment, *, by: AbstractBaseUser | None) -> None:
    record_event(verb, subject_type="appointment", subject=visit.reference, by=by, detail={"revision": visit.revision})
