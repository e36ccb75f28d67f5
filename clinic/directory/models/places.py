"""Where the clinic is."""

import zoneinfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from clinic.lib.bilingual import Bilingual
from clinic.lib.enumeration import listed


def check_zone(name: str) -> None:
    """Raises `ValidationError` unless `name` is a time zone of the IANA database."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("“%(name)s” is no time zone; write it as in “Asia/Amman”."), params={"name": name})


class Location(ClusterableModel):
    """A branch of the clinic. All its local times follow `time_zone`."""

    slug = models.SlugField(_("slug"), unique=True, help_text=_("Stands in web addresses."))
    name_en = models.CharField(_("name in English"), max_length=120)
    name_ar = models.CharField(_("name in Arabic"), max_length=120)
    city_en = models.CharField(_("city in English"), max_length=80)
    city_ar = models.CharField(_("city in Arabic"), max_length=80)
    address_en = models.CharField(_("address in English"), max_length=200)
    address_ar = models.CharField(_("address in Arabic"), max_length=200)
    phone = models.CharField(_("phone"), max_length=16, help_text=_("In international form, as in +96265550100."))
    email = models.EmailField(_("e-mail"), blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Amman", validators=[check_zone])
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    is_active = models.BooleanField(_("open to patients"), default=True)
    keeps_to_hours = models.BooleanField(
        _("visits within the opening hours only"),
        default=False,
        help_text=_("Offers no time outside of the opening hours, whatever the hours of the practitioners say."),
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    name, city, address = Bilingual(), Bilingual(), Bilingual()

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def full_address(self) -> str:
        """The street and the city; many addresses name the city already."""
        return self.address if self.city in self.address else listed([self.address, self.city])
