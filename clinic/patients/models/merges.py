"""Two files of one person, made one, and two people who are not one. A merge is kept so that it can be undone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clinic.lib.references import new_reference
from clinic.patients.models.patients import Patient


class Merge(models.Model):
    """`merged` was found to be `kept`. `taken` has the details of `kept` that changed, before and after.

    `taken` is {"phone": ["+962791234567", "+962781234567"]}, dates as ISO 8601.
    """

    reference = models.CharField(_("reference"), max_length=10, unique=True, default=new_reference, editable=False)
    kept = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="merges", verbose_name=_("kept"))
    merged = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="merged_by", verbose_name=_("merged"))
    taken = models.JSONField(_("details taken over"), default=dict)
    done_at = models.DateTimeField(_("merged at"))
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("merged by")
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge of patients")
        verbose_name_plural = _("merges of patients")
        ordering = ["-done_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merge_is_of_two_patients"),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(undone_at__gte=F("done_at")), name="merge_is_undone_later"
            ),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="patient_is_merged_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class MovedRow(models.Model):
    """One row that a merge has led from the merged patient to the kept one. `follower` names model and field."""

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="rows")
    follower = models.CharField(max_length=80)
    row = models.BigIntegerField()

    class Meta:
        verbose_name = _("row moved by a merge")
        verbose_name_plural = _("rows moved by a merge")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["merge", "follower", "row"], name="merge_moves_a_row_once")]

    def __str__(self) -> str:
        return f"{self.follower} {self.row}"


class Distinction(models.Model):
    """Two patients who look like one and whom somebody has found to be two. `first` has the lower number."""

    first = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+", verbose_name=_("first"))
    second = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+", verbose_name=_("second"))
    made_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("two people who look like one")
        verbose_name_plural = _("people who look like one")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="distinction_is_in_order"),
            models.UniqueConstraint(fields=["first", "second"], name="distinction_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
