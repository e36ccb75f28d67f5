"""What was done last at a desk, for as long as it can be taken back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clinic.lib.references import new_reference
from clinic.scheduling.enums import DeedKind
from clinic.scheduling.models.appointments import Appointment


class Deed(models.Model):
    """What somebody of the staff did to one visit; deeds of one `group` were done, and are undone, in one go.

    `revision` is the visit's after it: who has changed the visit since is not overwritten. `before` holds the columns
    of the visit as they were, by name, moments in ISO 8601, and under "held" the ids of the resources that it held;
    empty for a booking, before which there was nothing.
    """

    group = models.CharField(max_length=10, default=new_reference)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deeds")
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="deeds")
    kind = models.CharField(max_length=10, choices=DeedKind)
    revision = models.PositiveIntegerField()
    before = models.JSONField(default=dict, blank=True)
    done_at = models.DateTimeField()

    class Meta:
        verbose_name = _("last action at a desk")
        verbose_name_plural = _("last actions at a desk")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["appointment", "revision"], name="deed_once_for_each_revision"),
            models.CheckConstraint(
                condition=Q(kind=DeedKind.BOOKED, before={}) | (~Q(kind=DeedKind.BOOKED) & ~Q(before={})),
                name="deed_knows_what_was_before",
            ),
        ]
        indexes = [models.Index(fields=["done_at"], name="deed_by_age")]

    def __str__(self) -> str:
        return f"{self.group} {self.kind}"
