"""What a desk sends to change a visit. The revision says which state the person was looking at."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic.scheduling.enums import AppointmentStatus

STEPS = [status for status in AppointmentStatus if status != AppointmentStatus.CANCELLED]


class StepForm(forms.Form):
    revision = forms.IntegerField(min_value=0)
    status = forms.ChoiceField(choices=[(status.value, status.label) for status in STEPS])


class ApproveForm(forms.Form):
    revision = forms.IntegerField(min_value=0)


class RefuseForm(forms.Form):
    """Its prefix is the reference of the request: several stand on one page."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"})
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        reason.help_text = gettext("The patient reads it. Language of the patient: %(language)s.") % {
            "language": language
        }
        reason.widget.attrs["list"] = f"reasons-{self.prefix}"


class CancelForm(forms.Form):
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Only the staff reads it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "iyada-reasons"}),
    )
