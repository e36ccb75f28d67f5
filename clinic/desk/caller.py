"""Who is calling: patients as a desk finds and recognises them."""

from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from clinic.lib.phone import for_reading, to_e164
from clinic.patients.models import Patient
from clinic.patients.queries import first_patients, known_by, with_email, with_phone

FOUND_AT_MOST = 8
SIMILAR_AT_MOST = 4
TYPED_AT_LEAST = 2


def search(text: str, *, among: QuerySet[Patient]) -> list[Patient]:
    """The first patients that `text` may mean; none for less than two letters."""
    text = text.replace("\0", " ").strip()[:100]
    return first_patients(text, among=among, most=FOUND_AT_MOST) if len(text) >= TYPED_AT_LEAST else []


def similar(*, name: str, phone: str, email: str, among: QuerySet[Patient]) -> list[Patient]:
    """Who is perhaps meant by what is being typed for a new patient: the same phone first, then the same e-mail
    address, then much the same name.

    A name counts from its second word on: half of the town is called Mohammad.
    """
    found: list[Patient] = []
    with suppress(ValidationError):
        found = with_phone(to_e164(phone.replace("\0", "")), among=among)
    found += [patient for patient in with_email(email.replace("\0", "").strip(), among=among) if patient not in found]
    if len(name.split()) > 1:
        found += [patient for patient in search(name, among=among) if patient not in found]
    return found[:SIMILAR_AT_MOST]


def as_choice(patient: Patient) -> dict[str, Any]:
    """What tells one patient from another of the same name."""
    names = [name for name in (patient.name_en, patient.name_ar) if name and name != patient.name]
    return {
        "reference": patient.reference,
        "name": patient.name,
        "other_name": names[0] if names else "",
        "file": patient.file_number,
        "phone": for_reading(patient.phone),
        "born": _("born %(year)d") % {"year": patient.birth_date.year} if patient.birth_date else "",
    }


def prefill(data: QueryDict, reference: str, *, patients: QuerySet[Patient]) -> None:
    """Put the patient and their contact into `data`. An unknown reference changes nothing."""
    patient = known_by(reference, among=patients)
    if patient is None:
        data["patient"] = ""
        return
    data["patient"] = patient.reference
    data["query"] = ""
    data["contact_name"] = patient.name
    data["contact_phone"] = for_reading(patient.phone)
    data["contact_email"] = patient.email
    data["language"] = patient.language
