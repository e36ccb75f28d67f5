from django.db import models
from django.utils.translation import gettext_lazy as _


class AppointmentStatus(models.TextChoices):
    """FHIR appointment status: https://hl7.org/fhir/R4/codesystem-appointmentstatus.html

    The steps of the day's queue that FHIR keeps for the encounter stand here too: called, in consultation, left.
    All but a cancelled visit hold their time.
    """

    PENDING = "pending", _("Waiting for approval")
    BOOKED = "booked", _("Booked")
    ARRIVED = "arrived", _("Arrived")
    CALLED = "called", _("Called")
    CONSULTING = "consulting", _("In consultation")
    FULFILLED = "fulfilled", _("Completed")
    NOSHOW = "noshow", _("No-show")
    GONE = "gone", _("Left without being seen")
    CANCELLED = "cancelled", _("Cancelled")


class Ending(models.TextChoices):
    """How a request ended that the clinic was to approve and did not."""

    REFUSED = "refused", _("Not approved")
    EXPIRED = "expired", _("Not approved in time")


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
    WALK_IN = "walk", _("Walked in")


class DeedKind(models.TextChoices):
    """What a desk can take back."""

    BOOKED = "booked", _("booking")
    MOVED = "moved", _("move")
    CANCELLED = "cancelled", _("cancellation")
    STATUS = "status", _("change of status")
    APPROVED = "approved", _("approval")
    REFUSED = "refused", _("refusal")


class AbsenceKind(models.TextChoices):
    """The values are those of `ReservationReason`: what an absence takes says the same."""

    LEAVE = "leave", _("Leave")
    MAINTENANCE = "maintenance", _("Maintenance")
    CLOSURE = "closure", _("Closed")


class Decision(models.TextChoices):
    """What becomes of a visit that lies in an absence. Those to call and those asked stay on the list."""

    MOVED = "moved", _("Moved")
    ASKED = "asked", _("Asked by e-mail to choose another time")
    CALL = "call", _("To be called")
    CANCELLED = "cancelled", _("Cancelled")
    KEPT = "kept", _("Stays as it is")
