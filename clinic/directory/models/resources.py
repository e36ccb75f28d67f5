"""What a visit takes up: people, rooms and devices."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clinic.directory.enums import DeviceKind, ResourceKind, RoomKind
from clinic.directory.models.places import Location
from clinic.lib.bilingual import Bilingual


class Resource(models.Model):
    """Anything that time can be reserved of: the parent row of each practitioner, room and device.

    `seats` is how many visits may run side by side; each takes one seat for its whole length.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=ResourceKind, editable=False)
    seats = models.PositiveSmallIntegerField(
        _("visits at the same time"), default=1, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    is_active = models.BooleanField(_("can be booked"), default=True)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_ar = models.CharField(_("name in Arabic"), max_length=120)

    name = Bilingual()

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        constraints = [models.CheckConstraint(condition=Q(seats__range=(1, 50)), name="resource_seats_of_1_to_50")]

    def __str__(self) -> str:
        return self.name


class Room(Resource):
    room_kind = models.CharField(_("kind of room"), max_length=20, choices=RoomKind, default=RoomKind.CONSULTATION)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="rooms", verbose_name=_("location"))

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["location", "name_en"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.kind = ResourceKind.ROOM
        super().save(*args, **kwargs)


class Device(Resource):
    device_kind = models.CharField(_("kind of device"), max_length=20, choices=DeviceKind)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="devices", verbose_name=_("location"))

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ["location", "name_en"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.kind = ResourceKind.DEVICE
        super().save(*args, **kwargs)
