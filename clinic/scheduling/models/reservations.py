"""Time that is taken: the one table that decides whether something is free."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import ExpressionWrapper, F, Func, Q
from django.utils.translation import gettext_lazy as _

from clinic.directory.models import Location, Practitioner, Resource, Service
from clinic.lib.references import new_reference
from clinic.scheduling.enums import ReservationReason
from clinic.scheduling.models.absences import Absence
from clinic.scheduling.models.appointments import Appointment


class Hold(models.Model):
    """A time that a visitor is booking right now. Its reservations end by themselves at `expires_at`, which is put off
    once at most.
    """

    reference = models.CharField(max_length=10, unique=True, default=new_reference, editable=False)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="holds")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="holds")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="holds")
    starts_at = models.DateTimeField(_("starts at"))
    holder = models.CharField(max_length=64, help_text=_("A keyed hash of the visitor's address; limits abuse."))
    expires_at = models.DateTimeField(_("expires at"))
    is_extended = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["holder", "expires_at"], name="hold_by_holder"),
            models.Index(fields=["expires_at"], name="hold_by_expiry"),
        ]

    def __str__(self) -> str:
        return self.reference


class Reservation(models.Model):
    """One seat of one resource, taken for a half-open range of time, with the buffers of the visit in it.

    The exclusion constraint is the promise of the whole system: no two reservations of a seat overlap,
    whoever writes them. It is not deferrable, because ON CONFLICT cannot use one that is, and it names its columns
    in a way that no question matches, because a question can spoil its index (decision 46).
    """

    resource = models.ForeignKey(
        Resource, on_delete=models.PROTECT, related_name="reservations", verbose_name=_("resource")
    )
    seat = models.PositiveSmallIntegerField(_("seat"), default=1)
    during = DateTimeRangeField(_("time"))
    reason = models.CharField(_("reason"), max_length=12, choices=ReservationReason)
    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, null=True, blank=True, related_name="reservations"
    )
    hold = models.ForeignKey(Hold, on_delete=models.CASCADE, null=True, blank=True, related_name="reservations")
    absence = models.ForeignKey(Absence, on_delete=models.CASCADE, null=True, blank=True, related_name="reservations")
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        default_permissions = ("view",)
        constraints = [
            ExclusionConstraint(
                name="no_seat_is_reserved_twice",
                expressions=[
                    (ExpressionWrapper(F("resource") + 0, models.BigIntegerField()), RangeOperators.EQUAL),
                    (ExpressionWrapper(F("seat") + 0, models.IntegerField()), RangeOperators.EQUAL),
                    (Func(F("during"), template="(%(expressions)s * '(,)'::tstzrange)"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False) & Q(during__lower_inf=False) & Q(during__upper_inf=False),
                name="reservation_is_a_length_of_time",
            ),
            models.CheckConstraint(
                condition=Q(reason=ReservationReason.APPOINTMENT, appointment__isnull=False, hold__isnull=True)
                | Q(reason=ReservationReason.HOLD, hold__isnull=False, appointment__isnull=True)
                | Q(
                    reason__in=[
                        ReservationReason.LEAVE,
                        ReservationReason.MAINTENANCE,
                        ReservationReason.CLOSURE,
                    ],
                    appointment__isnull=True,
                    hold__isnull=True,
                ),
                name="reservation_has_the_owner_of_its_reason",
            ),
            models.CheckConstraint(condition=Q(seat__gte=1), name="reservation_seat_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id}/{self.seat} {self.during}"
