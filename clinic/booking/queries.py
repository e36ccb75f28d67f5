"""Reads of booking."""

from django.db.models import QuerySet

from clinic.booking.rules import SENDER
from clinic.lib import clock
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment, BookingRequest


def coming_visits(**contact: str) -> QuerySet[Appointment]:
    """Booked visits from now on of everybody with this `phone` (E.164) or this `email`, however it is cased."""
    known = {f"patient__{name}__iexact" if name == "email" else f"patient__{name}": contact[name] for name in contact}
    return Appointment.objects.filter(status=AppointmentStatus.BOOKED, starts_at__gte=clock.now(), **known)


def is_answered(key: str) -> bool:
    """Whether the form with this key has been booked already."""
    return BookingRequest.objects.filter(sender=SENDER, key=key).exists()
