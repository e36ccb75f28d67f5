"""Forms of the back office that belong to no single row."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.lib.phone import to_e164

HOURS = [
    ("2", _("Two hours")),
    ("12", _("Twelve hours")),
    ("24", _("One day")),
    ("72", _("Three days")),
    ("", _("Until somebody takes it down")),
]
LABELS = {"en": _("Message in English"), "ar": _("Message in Arabic")}


class EmergencyForm(forms.Form):
    """One message for each of `languages`; all of them, for nobody may be left out of an emergency."""

    phone = forms.CharField(
        label=_("Phone to call"), required=False, max_length=24, widget=forms.TextInput(attrs={"type": "tel"})
    )
    hours = forms.ChoiceField(label=_("Shown for"), choices=HOURS, required=False, initial="12")

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages
        for code in languages:
            text = forms.Textarea(attrs={"rows": 2, "lang": code, "dir": "rtl" if code == "ar" else "ltr"})
            self.fields[f"message_{code}"] = forms.CharField(label=LABELS[code], max_length=240, widget=text)
        self.order_fields([*(f"message_{code}" for code in languages), "phone", "hours"])

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"].strip()
        return to_e164(typed) if typed else ""

    @property
    def messages(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"message_{code}"] for code in self.languages}

    @property
    def ends(self) -> datetime | None:
        hours = self.cleaned_data["hours"]
        return timezone.now() + timedelta(hours=int(hours)) if hours else None
