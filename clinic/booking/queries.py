"""Reads of booking."""

from django.db.models import QuerySet

from clinic.booking.rules import SENDER
from clinic.lib import clock
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment, BookingRequest


def coming_visits(*, phone: str) -> QuerySet[Appointment]:
    """Booked visits from now on of everybody whose phone is `phone` (E.164)."""
    return Appointment.objects.filter(
        patient__phone=phone, status=AppointmentStatus.BOOKED, starts_at__gte=clock.now()
    ).order_by("starts_at")


def is_answered(key: str) -> bool:
    """Whether the form with this key has been booked already."""
    return BookingRequest.objects.filter(sender=SENDER, key=key).exists()
