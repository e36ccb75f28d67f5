"""When patients are reminded of a service."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from clinic.directory.models.services import Service
from clinic.messaging.enums import Channel

LONGEST_LEAD = 336  # hours: two weeks


class ReminderRule(models.Model):
    """Remind whoever has a visit for `service`, `hours_before` it begins, by `channel`."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="reminder_rules")
    hours_before = models.PositiveSmallIntegerField(
        _("hours before the visit"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST_LEAD)]
    )
    channel = models.CharField(_("by"), max_length=8, choices=Channel, default=Channel.EMAIL)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-hours_before", "channel"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_before__range=(1, LONGEST_LEAD)), name="reminder_within_two_weeks"
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="reminder_by_a_known_channel"),
            # Deferred, so that a form may swap two rows.
            models.UniqueConstraint(
                fields=["service", "hours_before", "channel"],
                name="reminder_once_for_each_service",
                deferrable=Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours_before} h {self.get_channel_display()}"


def usual_reminders() -> list[ReminderRule]:
    """What a new service begins with, unsaved: two days before by mail, three hours before by SMS."""
    return [ReminderRule(hours_before=48, channel=Channel.EMAIL), ReminderRule(hours_before=3, channel=Channel.SMS)]
