from django.db import models
from django.utils.translation import gettext_lazy as _


class PatientOrigin(models.TextChoices):
    """How far the clinic knows a person: what a visitor typed is never taken for a checked identity."""

    DESK = "desk", _("Registered at the desk")
    SITE = "site", _("Typed by a visitor, not yet checked")


class PatientGender(models.TextChoices):
    """FHIR administrative-gender: https://hl7.org/fhir/R4/valueset-administrative-gender.html"""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    UNKNOWN = "unknown", _("Not stated")
