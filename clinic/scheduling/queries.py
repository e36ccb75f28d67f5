"""Reads of visits that several faces need."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from clinic.directory.models import Location
from clinic.lib import clock
from clinic.scheduling.models import Appointment
from clinic.scheduling.rules import OPEN


def visits(**conditions: Any) -> QuerySet[Appointment]:
    """Visits with all that a row shows of them, by time."""
    related = Appointment.objects.select_related("patient", "practitioner", "service", "location")
    return related.filter(**conditions).order_by("starts_at", "pk")


def visits_of_day(day: date, *, location: Location, **conditions: Any) -> QuerySet[Appointment]:
    """The visits that begin on `day`, by the wall clock of `location`."""
    begin, end = clock.day_bounds(day, location.time_zone)
    return visits(location=location, starts_at__gte=begin, starts_at__lt=end, **conditions)


def coming_visits(now: datetime, **conditions: Any) -> QuerySet[Appointment]:
    """The visits that are to come or going on."""
    return visits(status__in=OPEN, ends_at__gt=now, **conditions)
