"""Which of two files stays, and which details of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.text import capfirst

from clinic.lib.phone import for_reading
from clinic.patients.actions import digest_of
from clinic.patients.enums import PatientGender, PatientOrigin
from clinic.patients.models import Patient

CHOSEN = ("name_en", "name_ar", "phone", "email", "birth_date", "gender", "language")
NOTHING: tuple[Any, ...] = ("", None, PatientGender.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Side:
    """What one of the two has. `is_chosen` is None when there is nothing to choose."""

    reference: str
    text: str
    is_chosen: bool | None


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    label: str
    sides: tuple[Side, Side]
    differs: bool


class MergeForm(forms.Form):
    """`first` and `second` side by side. Asked is only where both have something and it differs; else what is there."""

    keep = forms.ChoiceField()
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, first: Patient, second: Patient, data: QueryDict | None = None) -> None:
        self.people = (first, second)
        self.asked = [name for name in CHOSEN if self.is_to_choose(name)]
        likely = min(self.people, key=lambda patient: (patient.origin == PatientOrigin.SITE, patient.pk))
        first_choice = dict.fromkeys(("keep", *self.asked), likely.reference)
        super().__init__(data, initial={**first_choice, "seen": digest_of(first, second)})
        either = [(patient.reference, patient.reference) for patient in self.people]
        for name in ("keep", *self.asked):
            self.fields[name] = forms.ChoiceField(choices=either)

    def is_to_choose(self, name: str) -> bool:
        one, other = (getattr(patient, name) for patient in self.people)
        return one != other and one not in NOTHING and other not in NOTHING

    @property
    def keep_rows(self) -> tuple[Side, Side]:
        return self.sides("keep", [patient.file_number for patient in self.people])

    def rows(self) -> Iterator[Row]:
        for name in CHOSEN:
            texts = [in_words(patient, name) for patient in self.people]
            label = capfirst(str(Patient._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
            yield Row(name, label, self.sides(name, texts), texts[0] != texts[1])

    def sides(self, name: str, texts: list[str]) -> tuple[Side, Side]:
        is_asked = name in self.fields
        first, second = (
            Side(patient.reference, text, self[name].value() == patient.reference if is_asked else None)
            for patient, text in zip(self.people, texts, strict=True)
        )
        return first, second

    @property
    def kept(self) -> Patient:
        """Of a valid form, as the two below."""
        return next(patient for patient in self.people if patient.reference == self.cleaned_data["keep"])

    @property
    def merged(self) -> Patient:
        return next(patient for patient in self.people if patient.reference != self.cleaned_data["keep"])

    @property
    def take(self) -> set[str]:
        """What the kept file gets from the other one."""
        chosen = {name for name in self.asked if self.cleaned_data[name] == self.merged.reference}
        lacking = {name for name in CHOSEN if name not in self.asked and getattr(self.kept, name) in NOTHING}
        is_checked_now = self.kept.origin == PatientOrigin.SITE and self.merged.origin == PatientOrigin.DESK
        return chosen | lacking | ({"origin"} if is_checked_now else set())


def in_words(patient: Patient, name: str) -> str:
    """A detail as it is read; empty for nothing."""
    if name == "phone":
        return for_reading(patient.phone)
    if name == "birth_date":
        return date_format(patient.birth_date, "j F Y") if patient.birth_date else ""
    if name in ("gender", "language"):
        return str(getattr(patient, f"get_{name}_display")())
    return str(getattr(patient, name))
