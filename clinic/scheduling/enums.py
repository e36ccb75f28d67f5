from django.db import models
from django.utils.translation import gettext_lazy as _


class AppointmentStatus(models.TextChoices):
    """FHIR appointment status: https://hl7.org/fhir/R4/codesystem-appointmentstatus.html"""

    BOOKED = "booked", _("Booked")
    ARRIVED = "arrived", _("Arrived")
    FULFILLED = "fulfilled", _("Completed")
    NOSHOW = "noshow", _("No-show")
    CANCELLED = "cancelled", _("Cancelled")


class ReservationReason(models.TextChoices):
    """Why a time is taken."""

    APPOINTMENT = "appointment", _("Appointment")
    HOLD = "hold", _("Being booked")
    LEAVE = "leave", _("Leave")
    MAINTENANCE = "maintenance", _("Maintenance")
    CLOSURE = "closure", _("Closed")


class BookingSource(models.TextChoices):
    SITE = "site", _("On the site")
    DESK = "desk", _("At the desk")
