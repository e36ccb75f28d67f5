"""The visits that lie in an absence, and those of them that somebody has yet to see to."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from clinic.directory.enums import ResourceKind
from clinic.scheduling.enums import AppointmentStatus, Decision
from clinic.scheduling.models import Absence, AffectedVisit, Appointment, Reservation

# Whose patient has not been called in yet.
WAITING = (AppointmentStatus.PENDING, AppointmentStatus.BOOKED, AppointmentStatus.ARRIVED)
LEFT = (Decision.CALL, Decision.ASKED)


def affected_by(absence: Absence, *, now: datetime) -> QuerySet[Appointment]:
    """The visits in `absence`, saved or not, that are not over and whose patient has not been called in.

    A visit that only keeps time free after itself (its buffer) is not affected.
    """
    visits = Appointment.objects.filter(
        status__in=WAITING,
        ends_at__gt=max(now, absence.during.lower),
        starts_at__lt=absence.during.upper,
    ).order_by("starts_at", "pk")
    if absence.resource is None:
        return visits.filter(location=absence.location_id)
    if absence.resource.kind == ResourceKind.PRACTITIONER:
        return visits.filter(practitioner=absence.resource_id)
    return visits.filter(Exists(Reservation.objects.filter(appointment=OuterRef("pk"), resource=absence.resource_id)))


def to_work_off(absence: Absence, *, now: datetime) -> QuerySet[Appointment]:
    """The visits that still lie in `absence` although nobody decided to leave them there; none when it is withdrawn."""
    if absence.withdrawn_at:
        return Appointment.objects.none()
    kept = AffectedVisit.objects.filter(absence=absence, decision=Decision.KEPT)
    return affected_by(absence, now=now).exclude(pk__in=kept.values("appointment"))


def work_left(absences: Collection[Absence], *, now: datetime) -> dict[int, int]:
    """How many visits are left to work off, by absence, in one query; an absence with none is not in it."""
    rows = _still_in_it(now).filter(absence__in=absences, decision__in=LEFT)
    return dict(rows.order_by().values_list("absence").annotate(Count("pk")))


def asked_by(appointment: Appointment, *, now: datetime) -> Absence | None:
    """The absence because of which the patient was asked to choose another time, while that is still needed."""
    rows = _still_in_it(now).filter(appointment=appointment.pk, decision=Decision.ASKED)
    row = rows.select_related("absence__resource", "absence__location").first()
    return row.absence if row else None


def _still_in_it(now: datetime) -> QuerySet[AffectedVisit]:
    """The decisions whose visit still lies where it was when its absence was entered."""
    held = Reservation.objects.filter(appointment=OuterRef("appointment"), resource=OuterRef("absence__resource"))
    return AffectedVisit.objects.filter(
        Exists(held) | Q(absence__resource=None, appointment__location=F("absence__location")),
        absence__withdrawn_at=None,
        appointment__status__in=WAITING,
        appointment__ends_at__gt=now,
        appointment__starts_at__lt=F("absence__during__endswith"),
    ).filter(appointment__ends_at__gt=F("absence__during__startswith"))
