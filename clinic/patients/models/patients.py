"""People in care."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from clinic.lib.bilingual import Bilingual
from clinic.lib.references import new_reference
from clinic.patients.enums import PatientGender, PatientOrigin

FIRST_FILE = 100_000  # also in the migration that makes `search_text`


class Patient(models.Model):
    """A person in care. At least one of the two names is known; `phone` is E.164.

    The database makes what people are found by: `search_text` is "| name | name | phone | e-mail | file number |",
    folded, and `search_sounds` the consonants of the names, which are the same in both scripts.

    A visitor who books becomes a patient of origin "site": nothing typed on the site ever changes a patient
    that the clinic already knows.

    A patient who was found to be another one stays as a sign that points there: `merged_into`, one step only.
    Triggers lead whatever is still written for them to that patient, and refuse a sign while anything is left here.
    """

    reference = models.CharField(_("reference"), max_length=10, unique=True, default=new_reference, editable=False)
    name_en = models.CharField(_("name in Latin letters"), max_length=120, blank=True)
    name_ar = models.CharField(_("name in Arabic letters"), max_length=120, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=8, choices=PatientGender, default=PatientGender.UNKNOWN)
    phone = models.CharField(_("phone"), max_length=16, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    origin = models.CharField(_("origin"), max_length=4, choices=PatientOrigin, default=PatientOrigin.DESK)
    is_synthetic = models.BooleanField(_("invented for the demonstration"), default=False, editable=False)
    search_text = models.GeneratedField(
        expression=Func("name_en", "name_ar", "phone", "email", "id", function="patients_search_text"),
        output_field=models.TextField(),
        db_persist=True,
    )
    search_sounds = models.GeneratedField(
        expression=Func("name_en", "name_ar", function="patients_sounds"),
        output_field=models.TextField(),
        db_persist=True,
    )
    created_at = models.DateTimeField(_("registered at"), auto_now_add=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )

    name = Bilingual()

    class Meta:
        verbose_name = _("patient")
        verbose_name_plural = _("patients")
        ordering = ["pk"]
        permissions = [("merge_patient", _("Can merge patients and undo it"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="patient_is_merged_into_another"
            ),
            models.CheckConstraint(condition=~Q(name_en="") | ~Q(name_ar=""), name="patient_has_a_name"),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=r"^\+[1-9][0-9]{6,14}$"), name="patient_phone_is_e164"
            ),
        ]
        indexes = [
            GinIndex(fields=["search_text"], name="patient_search", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["search_sounds"], name="patient_sounds", opclasses=["gin_trgm_ops"]),
            models.Index(
                fields=["id"], condition=Q(origin=PatientOrigin.SITE, merged_into=None), name="patient_to_match"
            ),
            models.Index(fields=["phone"], name="patient_by_phone"),
            models.Index(Upper("email"), name="patient_by_email"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def file_number(self) -> str:
        """The number on the paper file, as staff read it: never part of a public address."""
        return f"{FIRST_FILE + self.pk}" if self.pk else ""
