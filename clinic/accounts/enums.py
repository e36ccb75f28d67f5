from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person of the staff is here to do. The value is also the stable name of the role's group."""

    ADMINISTRATOR = "administrator", _("Administrator")
    CLINICIAN = "clinician", _("Clinician")
    NURSE = "nurse", _("Nurse")
    RECEPTIONIST = "receptionist", _("Receptionist")
    EDITOR = "editor", _("Editor")
    AUDITOR = "auditor", _("Auditor")
