"""What visitors have sent with a form."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.models import AbstractFormSubmission

from clinic.lib.references import new_reference


class Enquiry(AbstractFormSubmission):
    """The answers of one visitor, with the language and the words in which consent was given.

    Personal data: out of Wagtail's reference and search indexes, and deleted after `settings.ENQUIRY_DAYS`.
    """

    reference = models.CharField(_("reference"), max_length=10, unique=True, default=new_reference, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    consent_text = models.TextField(_("consent"))

    wagtail_reference_index_ignore = True

    class Meta(AbstractFormSubmission.Meta):
        abstract = False
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        default_permissions = ("view",)  # who may read them may delete them
        indexes = [models.Index(fields=["submit_time"], name="enquiry_by_age")]

    def get_data(self) -> dict[str, Any]:
        return {**super().get_data(), "reference": self.reference, "language": self.get_language_display()}

    def __str__(self) -> str:
        return self.reference
