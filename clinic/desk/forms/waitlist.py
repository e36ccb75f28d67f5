"""Putting somebody on the waitlist, answering for them, and what of the list is shown."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clinic.directory.models import Practitioner, Service
from clinic.lib.names import printable
from clinic.lib.phone import to_e164
from clinic.patients.models import Patient
from clinic.patients.queries import known_by
from clinic.scheduling.actions import Contact
from clinic.scheduling.waitlist.enums import EntryStatus
from clinic.scheduling.waitlist.forms import WishForm

LTR = {"dir": "ltr", "autocomplete": "off"}
ALL = "all"


class EntryForm(WishForm):
    """A wish that a caller tells, and who they are. One way to reach them is enough."""

    service = forms.ModelChoiceField(Service.objects.all(), label=_("Service"), empty_label=_("Choose a service"))
    patient = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    contact_name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    )
    contact_phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel", **LTR})
    )
    contact_email = forms.EmailField(label=_("E-mail"), required=False, widget=forms.EmailInput(attrs=LTR))
    language = forms.ChoiceField(label=_("Language of messages"), choices=settings.LANGUAGES)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, patients: QuerySet[Patient], **kwargs: Any) -> None:
        kwargs["initial"] = {"key": str(uuid4()), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.patients = patients
        self.known: Patient | None = None

    def clean_contact_name(self) -> str:
        return printable(self.cleaned_data["contact_name"])

    def clean_contact_phone(self) -> str:
        typed = self.cleaned_data["contact_phone"]
        return to_e164(typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        service: Service | None = cleaned.get("service")
        practitioner: Practitioner | None = cleaned.get("practitioner")
        if service and practitioner and not practitioner.services.filter(pk=service.pk).exists():
            fault = _("%(practitioner)s does not offer %(service)s.")
            params = {"practitioner": practitioner, "service": service}
            self.add_error("practitioner", ValidationError(fault, params=params))
        faulty = {"contact_phone", "contact_email"} & set(self.errors)
        if not faulty and not cleaned.get("contact_phone") and not cleaned.get("contact_email"):
            self.add_error("contact_phone", _("Enter a phone number or an e-mail address: a free time is told there."))
        if reference := cleaned.get("patient"):
            self.known = known_by(reference, among=self.patients)
            if self.known is None:
                self.add_error("contact_name", _("This patient is not known any more. Search again."))
        return cleaned

    @property
    def contact(self) -> Contact:
        """Of a valid form."""
        typed = self.cleaned_data
        return Contact(name=typed["contact_name"], phone=typed["contact_phone"], email=typed["contact_email"])


class AnswerForm(forms.Form):
    """What the desk does for somebody who waits. `offer` is the one that was shown."""

    ANSWERS = ("accept", "decline", "leave")

    answer = forms.ChoiceField(choices=[(each, each) for each in ANSWERS])
    offer = forms.SlugField(max_length=10, required=False)


class WaitlistFilter(forms.Form):
    """From the query string. What makes no sense is left out, never an error page."""

    service = forms.ModelChoiceField(
        Service.objects.all(), label=_("Service"), required=False, empty_label=_("All services")
    )
    status = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            (EntryStatus.WAITING.value, pgettext_lazy("filter of the waitlist", "Those who wait")),
            (ALL, pgettext_lazy("filter of the waitlist", "Ended ones too")),
        ],
    )

    def __init__(self, data: Any) -> None:
        super().__init__({key: data[key].replace("\0", "") for key in data if data[key]})
        self.is_valid()

    @property
    def service_chosen(self) -> Service | None:
        return self.cleaned_data.get("service")

    @property
    def statuses(self) -> Sequence[str]:
        return EntryStatus.values if self.cleaned_data.get("status") == ALL else [EntryStatus.WAITING]
