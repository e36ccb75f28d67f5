"""Reads of booking."""

from django.db.models import QuerySet

from clinic.booking.rules import SENDER
from clinic.lib import clock
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment, BookingRequest

WAITING = (AppointmentStatus.PENDING, AppointmentStatus.BOOKED)


def coming_visits(**contact: str) -> QuerySet[Appointment]:
    """Visits to come, booked or to be approved, of all with this `phone` (E.164) or `email`, however it is cased."""
    known = {f"patient__{name}__iexact" if name == "email" else f"patient__{name}": contact[name] for name in contact}
    return Appointment.objects.filter(status__in=WAITING, starts_at__gte=clock.now(), **known)


def is_answered(key: str) -> bool:
    """Whether the form with this key has been booked already."""
    return BookingRequest.objects.filter(sender=SENDER, key=key).exists()
