"""Visits as a desk reads them: with everything that a row shows, in a constant number of queries."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from wagtail.permissions import policy_registry

from clinic.audit.models import AuditEvent
from clinic.directory.enums import ResourceKind
from clinic.directory.models import Location
from clinic.lib.clock import day_bounds
from clinic.lib.references import from_typed
from clinic.patients.models import Patient
from clinic.patients.queries import find_patients
from clinic.scheduling.models import Appointment, Reservation

SHOWN = ("patient", "practitioner", "service", "location")


def visits_for(user: Any, action: str = "view") -> QuerySet[Appointment]:
    """The visits that `user` may see (or change), by the policy of the model."""
    rows: QuerySet[Appointment] = policy_registry.get_by_type(Appointment).instances_user_has_any_permission_for(
        user, [action]
    )
    return rows


def patients_for(user: Any) -> QuerySet[Patient]:
    rows: QuerySet[Patient] = policy_registry.get_by_type(Patient).instances_user_has_any_permission_for(user, ["view"])
    return rows


def with_details(visits: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """`visits` with people, service, location and `places`: the reservations of rooms and devices."""
    places = Reservation.objects.filter(resource__kind__in=[ResourceKind.ROOM, ResourceKind.DEVICE])
    return visits.select_related(*SHOWN).prefetch_related(
        Prefetch("reservations", queryset=places.select_related("resource").order_by("pk"), to_attr="places")
    )


def reserved_places(visit: Appointment) -> list[Reservation]:
    """The reservations of rooms and devices of a visit that was read `with_details`."""
    places: list[Reservation] = visit.places  # type: ignore[attr-defined] # by the prefetch
    return places


def on_days(first: date, days: int, *, locations: Collection[Location]) -> Q:
    """Visits at `locations` that start on one of `days` days from `first`, each by its own wall clock."""
    wanted = Q(pk__in=[])
    for zone in {location.time_zone for location in locations}:
        begin, _end = day_bounds(first, zone)
        end, _later = day_bounds(first + timedelta(days=days), zone)
        here = [location.pk for location in locations if location.time_zone == zone]
        wanted |= Q(location__in=here, starts_at__gte=begin, starts_at__lt=end)
    return wanted


def meant_by(text: str, *, patients: QuerySet[Patient]) -> Q:
    """Visits that a desk may mean by `text`: a reference, or a name, phone or file number of the patient."""
    known = find_patients(text, among=patients).order_by()
    return Q(reference=from_typed(text)) | Q(patient__in=known.values("pk")) | Q(contact_name__icontains=text)


def count_by_status(visits: QuerySet[Appointment]) -> dict[str, int]:
    return dict(visits.order_by().values_list("status").annotate(Count("pk")))


def history_of(visit: Appointment) -> QuerySet[AuditEvent]:
    """What happened to `visit`, the newest first."""
    return AuditEvent.objects.filter(subject_type="appointment", subject=visit.reference).order_by(
        "-occurred_at", "-pk"
    )
