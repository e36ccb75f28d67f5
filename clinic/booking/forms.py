"""What visitors type."""

import re
import uuid
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic.booking.codes import Claim, channel_to_owner
from clinic.booking.queries import coming_visits, is_answered
from clinic.booking.rules import MOST_COMING_VISITS, MOST_PROVEN_VISITS
from clinic.directory.enums import Gender, Language
from clinic.directory.models import Location, Service, Specialty
from clinic.lib.names import printable
from clinic.lib.phone import can_text, to_e164
from clinic.messaging.enums import Channel
from clinic.scheduling.actions import Contact

KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
SOONEST = "soonest"
# By field: nobody fills the clinic's days under one number, or a stranger's mailbox under many.
CROWDED = {
    "phone": _("There are many coming visits under this number already, so we first make sure that it is you."),
    "email": _("There are many coming visits under this e-mail address already, so we first make sure that it is you."),
}
TOO_MANY = {
    "phone": _("There are many coming visits under this number already. Please call us to book another."),
    "email": _("There are many coming visits under this e-mail address already. Please call us to book another."),
}

PROVEN_FIELD: dict[str, tuple[str, ...]] = {Channel.EMAIL: ("email",), Channel.SMS: ("phone",)}


def new_key() -> str:
    """A key that makes sending the same form twice one booking."""
    return uuid.uuid4().hex


class DoctorFilters(forms.Form):
    """The filters of the list of doctors, all of them optional and part of the address."""

    q = forms.CharField(label=_("Name or specialty"), max_length=80, required=False)
    specialty = forms.ChoiceField(label=_("Specialty"), required=False)
    service = forms.ChoiceField(label=_("Service"), required=False)
    location = forms.ChoiceField(label=_("Location"), required=False)
    language = forms.ChoiceField(
        label=_("Speaks"), required=False, choices=[("", _("Any language")), *Language.choices]
    )
    gender = forms.ChoiceField(label=_("Doctor’s gender"), required=False, choices=[("", _("Any")), *Gender.choices])
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("The clinic’s own")), (SOONEST, _("The soonest first"))],
    )

    def __init__(
        self, data: QueryDict, *, specialties: list[Specialty], services: list[Service], locations: list[Location]
    ) -> None:
        super().__init__(data)
        self.specialties = {each.slug: each for each in specialties}
        self.services = {each.slug: each for each in services}
        self.locations = {each.slug: each for each in locations}
        self.offer("specialty", _("All specialties"), self.specialties)
        self.offer("service", _("Any service"), self.services)
        self.offer("location", _("All locations"), self.locations)

    def offer(self, name: str, anything: str | Promise, known: Mapping[str, Specialty | Service | Location]) -> None:
        """Let the field be any of `known`, by slug, or left open."""
        choices = [(slug, each.name) for slug, each in known.items()]
        field = cast("forms.ChoiceField", self.fields[name])
        field.choices = [("", anything), *choices]
        field.error_messages["invalid_choice"] = _("We do not offer this. Choose from the list.")

    def clean_specialty(self) -> Specialty | None:
        return self.specialties.get(self.cleaned_data["specialty"])

    def clean_service(self) -> Service | None:
        return self.services.get(self.cleaned_data["service"])

    def clean_location(self) -> Location | None:
        return self.locations.get(self.cleaned_data["location"])


class DetailsForm(forms.Form):
    """Who comes. The phone becomes E.164; `key` makes a second press of the button harmless.

    `code_by` is the channel by which a code is to prove the contact, if one is asked for: that of the service, or one
    that reaches the owner of a contact that is `crowded`.
    """

    name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        error_messages={"required": _("Enter the name of the person who comes.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        error_messages={"required": _("Enter a phone number that we can call.")},
        help_text=_("For example 079 123 4567. For a number abroad begin with + or 00."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel", "dir": "ltr"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={
            "required": _("Enter an e-mail address: the confirmation and the link to cancel go there."),
            "invalid": _("Enter an e-mail address like name@example.com."),
        },
        help_text=_("We send the confirmation there, with a link to cancel."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr", "spellcheck": "false"}),
    )
    note = forms.CharField(
        label=_("Note for the clinic"),
        max_length=1000,
        required=False,
        help_text=_("For example that you use a wheelchair. Please keep medical details for the visit itself."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    # Invisible to people; programs that fill in every field betray themselves.
    company = forms.CharField(label=_("Leave this empty"), required=False)

    def __init__(self, *args: Any, code_by: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code_by = code_by
        self.crowded: list[str] = []

    def clean_name(self) -> str:
        name = printable(self.cleaned_data["name"])
        if not any(char.isalpha() for char in name):
            raise ValidationError(_("Enter the name in letters, Arabic or Latin."), code="letters")
        return name

    def clean_phone(self) -> str:
        phone = to_e164(self.cleaned_data["phone"])
        if self.code_by == Channel.SMS and not can_text(phone):
            raise ValidationError(_("Enter a mobile number: we send a code there by SMS."), code="no_sms")
        return phone

    def clean_key(self) -> str:
        key = self.cleaned_data["key"]
        return key if KEY.fullmatch(key) else new_key()

    def clean_company(self) -> str:
        if self.cleaned_data["company"]:
            raise ValidationError(_("Please send the form again with the last field empty."), code="trap")
        return ""

    def clean(self) -> dict[str, Any]:
        # The form that made the last of them may be sent again: it gets the same answer.
        if is_answered(self.cleaned_data.get("key", "")):
            return self.cleaned_data
        if not self.code_by:
            self.crowded = [name for name in CROWDED if self.has_visits(name, MOST_COMING_VISITS)]
            self.code_by = channel_to_owner(self.crowded, phone=self.cleaned_data.get("phone", ""))
        # Where a code proves one contact, the other is only a claim: it counts for nobody and against nobody.
        for name in PROVEN_FIELD.get(self.code_by, ()):
            if self.has_visits(name, MOST_PROVEN_VISITS, proven=self.code_by):
                self.add_error(name, ValidationError(TOO_MANY[name], code="many"))
        return self.cleaned_data

    def has_visits(self, name: str, most: int, *, proven: str = "") -> bool:
        typed: str = self.cleaned_data.get(name, "")
        return typed != "" and coming_visits(proven=proven, **{name: typed}).count() >= most

    @property
    def contact(self) -> Contact:
        """Of a valid form."""
        return Contact(
            name=self.cleaned_data["name"], phone=self.cleaned_data["phone"], email=self.cleaned_data["email"]
        )

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, as it was typed, to be sent again by another button."""
        return {name: self.data.get(name, "") for name in ("name", "phone", "email", "note", "key", "hold")}

    @property
    def claim(self) -> Claim | None:
        """Of a valid form: what a code has to prove; None where none is asked for."""
        if not self.code_by:
            return None
        [field] = PROVEN_FIELD[self.code_by]
        return Claim(self.cleaned_data["key"], self.code_by, self.cleaned_data[field])
