from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person of the staff is here to do. The value is also the stable name of the role's group."""

    ADMINISTRATOR = "administrator", _("Administrator")
    CLINICIAN = "clinician", _("Clinician")
    NURSE = "nurse", _("Nurse")
    RECEPTIONIST = "receptionist", _("Receptionist")
    HEAD_OF_RECEPTION = "head_of_reception", _("Head of reception")
    AUTHOR = "author", _("Author")
    EDITOR = "editor", _("Editor")
    PUBLISHER = "publisher", _("Publisher")
    ARABIC_PUBLISHER = "arabic_publisher", _("Publisher of Arabic")
    AUDITOR = "auditor", _("Auditor")


class Scope(models.TextChoices):
    """What a program may do with a key. Reading what is public needs none."""

    REBUILD_WEBSITE_DATA = "website_data.rebuild", _("Rebuild the website data")
