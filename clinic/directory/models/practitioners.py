"""The people who see patients."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.images import get_image_model_string

from clinic.directory.enums import Gender, Language, ResourceKind
from clinic.directory.models.resources import Resource
from clinic.directory.models.services import Service, Specialty
from clinic.lib.bilingual import Bilingual


class Practitioner(ClusterableModel, Resource):
    """A doctor or therapist. What can be booked is this row, never a page about it."""

    slug = models.SlugField(_("slug"), unique=True, help_text=_("Stands in web addresses."))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="practitioner",
        verbose_name=_("signs in as"),
    )
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    title_ar = models.CharField(_("title in Arabic"), max_length=120, blank=True)
    biography_en = models.TextField(_("biography in English"), blank=True)
    biography_ar = models.TextField(_("biography in Arabic"), blank=True)
    gender = models.CharField(_("gender"), max_length=8, choices=Gender)
    languages = ArrayField(
        models.CharField(max_length=5, choices=Language), verbose_name=_("spoken languages"), default=list
    )
    portrait = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("portrait"),
    )
    specialties = ParentalManyToManyField(Specialty, related_name="practitioners", verbose_name=_("specialties"))
    services = ParentalManyToManyField(Service, related_name="practitioners", blank=True, verbose_name=_("services"))
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    title, biography = Bilingual(), Bilingual()

    class Meta:
        verbose_name = _("practitioner")
        verbose_name_plural = _("practitioners")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.kind = ResourceKind.PRACTITIONER
        super().save(*args, **kwargs)
