"""Codes that prove that whoever books reads the mail or the SMS of the contact that they typed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clinic.booking.rules import MOST_ATTEMPTS
from clinic.lib.references import new_reference
from clinic.messaging.enums import Channel


class ContactCode(models.Model):
    """One code for one form, whose `key` it proves once.

    Neither the code nor the contact stands here: the code is computed of `reference` with the site's secret key, and
    `contact` is a keyed hash. `attempts` are those that were counted, the right one included.
    """

    reference = models.CharField(max_length=10, unique=True, default=new_reference, editable=False)
    key = models.CharField(max_length=64)
    channel = models.CharField(max_length=8, choices=Channel)
    contact = models.CharField(max_length=64)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    proven_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(attempts__lte=MOST_ATTEMPTS), name="code_is_tried_so_often_at_most"),
            models.CheckConstraint(condition=Q(created_at__lt=F("expires_at")), name="code_ends_after_it_was_made"),
            models.CheckConstraint(
                condition=Q(proven_at__isnull=True) | Q(attempts__gte=1), name="code_proves_what_was_tried"
            ),
        ]
        indexes = [
            models.Index(fields=["contact", "created_at"], name="code_by_contact"),
            models.Index(fields=["key"], name="code_by_form"),
            models.Index(fields=["created_at"], name="code_by_age"),
        ]

    def __str__(self) -> str:
        return self.reference
