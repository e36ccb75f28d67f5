"""What was done to keep rooms and devices in order, and when it is due again."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from clinic.directory.enums import ResourceKind
from clinic.directory.models.resources import Resource
from clinic.lib import clock

MONTHS = 120


class MaintenanceRecord(models.Model):
    """One piece of work on a room or device. The last one of each `task` says when that is due again."""

    resource = models.ForeignKey(
        Resource,
        on_delete=models.PROTECT,
        related_name="maintenance",
        limit_choices_to={"kind__in": [ResourceKind.ROOM, ResourceKind.DEVICE]},
        verbose_name=_("room or device"),
    )
    task = models.CharField(
        _("what was done"), max_length=80, help_text=_("Always under the same name, such as “Calibration”.")
    )
    done_on = models.DateField(_("done on"))
    done_by = models.CharField(_("done by"), max_length=120, help_text=_("A person or a company."))
    note = models.TextField(_("note"), blank=True, max_length=1000)
    cost = models.DecimalField(
        _("cost"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    interval_months = models.PositiveSmallIntegerField(
        _("due again after months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MONTHS)],
        help_text=_("Empty: not again."),
    )
    next_due = models.GeneratedField(
        expression=Func(
            F("done_on"),
            F("interval_months"),
            template="((%(expressions)s)))::date",
            arg_joiner=" + make_interval(months => ",
            output_field=models.DateField(),
        ),
        output_field=models.DateField(null=True),
        db_persist=True,
        verbose_name=_("due again on"),
    )

    class Meta:
        verbose_name = _("maintenance record")
        verbose_name_plural = _("maintenance records")
        ordering = ["-done_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(interval_months__isnull=True) | Q(interval_months__range=(1, MONTHS)),
                name="maintenance_due_within_ten_years",
            ),
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=0), name="maintenance_cost_is_positive"
            ),
        ]
        indexes = [models.Index(fields=["resource", "task", "-done_on"], name="maintenance_by_task")]

    def __str__(self) -> str:
        return f"{self.resource}: {self.task}"

    def clean(self) -> None:
        if self.done_on and self.done_on > clock.now().date() + timedelta(days=1):
            raise ValidationError(
                {"done_on": _("This day is still to come. Plan the work under “Leave and closures”.")}
            )
