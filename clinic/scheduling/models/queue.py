"""What a waiting room is told, besides the visits themselves."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clinic.directory.models import Location, Practitioner

LATEST = 480  # minutes


def new_key() -> str:
    """128 bits: whoever has not been told the address cannot guess it."""
    return secrets.token_urlsafe(16)


class Lateness(models.Model):
    """How many minutes a practitioner runs late at a location on one of its days. No row: on time, or not said."""

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.CASCADE, related_name="lateness", verbose_name=_("practitioner")
    )
    location = models.ForeignKey(
        Location, on_delete=models.CASCADE, related_name="lateness", verbose_name=_("location")
    )
    day = models.DateField(_("day"))
    minutes = models.PositiveSmallIntegerField(_("minutes late"))
    told_at = models.DateTimeField(_("told at"))

    class Meta:
        verbose_name = _("delay")
        verbose_name_plural = _("delays")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "location", "day"], name="lateness_once_a_day_and_location"
            ),
            models.CheckConstraint(condition=Q(minutes__range=(1, LATEST)), name="lateness_of_1_to_480_minutes"),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner_id} {self.day}: {self.minutes}"


class WaitingScreen(models.Model):
    """The screen in the waiting room of a location: whoever has its address sees numbers and rooms, never a name."""

    location = models.OneToOneField(
        Location, on_delete=models.CASCADE, related_name="waiting_screen", verbose_name=_("location")
    )
    key = models.CharField(_("key"), max_length=32, unique=True, default=new_key, editable=False)
    opened_at = models.DateTimeField(_("switched on at"))

    class Meta:
        verbose_name = _("waiting-room screen")
        verbose_name_plural = _("waiting-room screens")
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return str(self.location_id)
