"""Booking for a caller: who, what, where, when, on one screen.

Nothing is lost on the way: each button sends everything, and the page comes back with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from clinic.directory.models import Location, Practitioner, Service
from clinic.lib import clock
from clinic.lib.phone import to_e164
from clinic.patients.models import Patient
from clinic.patients.queries import known_by, with_phone

FARTHEST = timedelta(days=3_660)  # ten years: nobody books beyond, and the calendar of computers ends
LTR = {"dir": "ltr", "autocomplete": "off"}


@dataclass(frozen=True, slots=True)
class ChosenTime:
    """What a radio button of a free time stands for."""

    practitioner: int
    location: int
    starts_at: datetime

    def __str__(self) -> str:
        return f"{self.practitioner}.{self.location}.{int(self.starts_at.timestamp())}"

    @classmethod
    def read(cls, text: str) -> "ChosenTime":
        """Raises ValueError for what no button of ours has sent."""
        practitioner, location, moment = (int(part) for part in text.split("."))
        try:
            starts_at = datetime.fromtimestamp(moment, UTC)
        except (OverflowError, OSError) as fault:
            raise ValueError(text) from fault
        if abs(starts_at - clock.now()) > FARTHEST:
            raise ValueError(text)
        return cls(practitioner, location, starts_at)


class WhatForm(forms.Form):
    """The visit that is looked for. Also read by the page's script to fetch free times: nothing personal in it."""

    service = forms.ModelChoiceField(
        Service.objects.select_related("specialty"), label=_("Service"), empty_label=_("Choose a service")
    )
    practitioner = forms.ModelChoiceField(
        Practitioner.objects.filter(is_active=True), label=_("Practitioner"), required=False, empty_label=_("Anyone")
    )
    location = forms.ModelChoiceField(
        Location.objects.filter(is_active=True), label=_("Location"), required=False, empty_label=_("Any location")
    )
    day = forms.DateField(
        label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        service, practitioner = cleaned.get("service"), cleaned.get("practitioner")
        if service and practitioner and not practitioner.services.filter(pk=service.pk).exists():
            self.add_error(
                "practitioner",
                ValidationError(
                    _("%(practitioner)s does not offer %(service)s."),
                    params={"practitioner": practitioner, "service": service},
                ),
            )
        return cleaned

    def first_day(self, *, today: date) -> date:
        """The day that was asked for, never one before `today` nor one that nobody could mean."""
        day: date = self.cleaned_data.get("day") or today
        return day if today <= day < today + FARTHEST else today


class WhoForm(forms.Form):
    """The caller: a patient of the clinic, or somebody new."""

    patient = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    contact_name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    )
    contact_phone = forms.CharField(
        label=_("Phone"), max_length=40, widget=forms.TextInput(attrs={"type": "tel", **LTR})
    )
    contact_email = forms.EmailField(label=_("E-mail"), required=False, widget=forms.EmailInput(attrs=LTR))
    language = forms.ChoiceField(label=_("Language of messages"), choices=settings.LANGUAGES)
    note = forms.CharField(
        label=_("Note for the clinic"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    is_other_person = forms.BooleanField(label=_("This is another person: register them as new"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, patients: QuerySet[Patient], is_repeated: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patients = patients
        self.is_repeated = is_repeated
        self.known: Patient | None = None
        self.same_phone: Sequence[Patient] = ()

    def clean_contact_phone(self) -> str:
        return to_e164(self.cleaned_data["contact_phone"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if reference := cleaned.get("patient"):
            self.known = known_by(reference, among=self.patients)
            if self.known is None:
                self.add_error("contact_name", _("This patient is not known any more. Search again."))
        elif phone := cleaned.get("contact_phone"):
            self.same_phone = with_phone(phone, among=self.patients)
            # The same form sent again finds the patient that it has registered itself.
            if self.same_phone and not cleaned.get("is_other_person") and not self.is_repeated:
                self.add_error("contact_phone", _("A patient with this phone is registered already."))
        return cleaned

    @staticmethod
    def new_key() -> str:
        return str(uuid4())
