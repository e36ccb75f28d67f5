"""The identity of a patient, as reception may see and change it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.lib import clock
from clinic.lib.phone import to_e164
from clinic.patients.models import Patient

FIELDS = ("name_en", "name_ar", "phone", "email", "birth_date", "gender", "language", "origin")


class PatientForm(forms.ModelForm):
    """At least one name; the phone is brought to E.164."""

    phone = forms.CharField(
        label=Patient._meta.get_field("phone").verbose_name,
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr", "autocomplete": "off"}),
    )

    class Meta:
        model = Patient
        fields = FIELDS
        widgets = {
            "name_en": forms.TextInput(attrs={"lang": "en", "dir": "ltr", "autocomplete": "off"}),
            "name_ar": forms.TextInput(attrs={"lang": "ar", "dir": "rtl", "autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
            "birth_date": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"].strip()
        return to_e164(typed) if typed else ""

    def clean_birth_date(self) -> Any:
        day = self.cleaned_data["birth_date"]
        if day and day > clock.now().date():
            raise ValidationError(_("The date of birth lies in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("name_en") and not cleaned.get("name_ar"):
            self.add_error("name_en", _("Enter the name in at least one script."))
        return cleaned
