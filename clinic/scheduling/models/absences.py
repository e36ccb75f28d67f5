"""When somebody or something cannot be booked although visits may stand there: leave, maintenance, closure."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clinic.directory.models import Closure, Location, Resource
from clinic.lib.references import new_reference
from clinic.scheduling.enums import AbsenceKind, Decision
from clinic.scheduling.models.appointments import Appointment


class Absence(models.Model):
    """The leave of a practitioner, the maintenance of a room or device, or the closure of a location.

    `during` is half-open, in UTC; `time_zone` is the wall clock on which it was typed. That of a resource takes every
    seat that no visit holds, and a trigger gives it the seat of each visit that goes; that of a location is a
    `closure` of whole days. What was `withdrawn_at` takes no time any more.
    """

    reference = models.CharField(_("reference"), max_length=10, unique=True, default=new_reference, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=AbsenceKind)
    resource = models.ForeignKey(
        Resource,
        on_delete=models.PROTECT,
        null=True,
        related_name="absences",
        verbose_name=_("practitioner, room or device"),
    )
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, null=True, related_name="absences", verbose_name=_("location")
    )
    closure = models.OneToOneField(Closure, on_delete=models.SET_NULL, null=True, related_name="absence")
    during = DateTimeRangeField(_("time"))
    time_zone = models.CharField(_("time zone"), max_length=40)
    note = models.CharField(_("note for the staff"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["during", "pk"]
        default_permissions = ("view", "add", "change")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=AbsenceKind.CLOSURE, resource__isnull=True, location__isnull=False)
                | Q(
                    kind__in=[AbsenceKind.LEAVE, AbsenceKind.MAINTENANCE],
                    resource__isnull=False,
                    location__isnull=True,
                ),
                name="absence_is_of_a_resource_or_a_location",
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False) & Q(during__lower_inf=False) & Q(during__upper_inf=False),
                name="absence_is_a_length_of_time",
            ),
            models.UniqueConstraint(
                fields=["resource", "during"], condition=Q(withdrawn_at__isnull=True), name="absence_of_resource_once"
            ),
            models.UniqueConstraint(
                fields=["location", "during"], condition=Q(withdrawn_at__isnull=True), name="absence_of_location_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Who or what is away, in the reader's language."""
        return str(self.resource or self.location)


class AffectedVisit(models.Model):
    """What was decided about a visit that lay in an absence; each decision replaces the one before."""

    absence = models.ForeignKey(Absence, on_delete=models.CASCADE, related_name="affected")
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="absences")
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("affected visit")
        verbose_name_plural = _("affected visits")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["absence", "appointment"], name="affected_visit_once_for_each_absence")
        ]

    def __str__(self) -> str:
        return self.get_decision_display()
