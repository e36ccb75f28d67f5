"""The form that an editor has put together, and what guards it against programs."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.forms.forms import BaseForm, FormBuilder

from clinic.lib.phone import to_e164
from content.enquiries.stamp import Stamp, new_stamp, read

# Names that no label can be turned into, so that no field of an editor's is overwritten.
CONSENT, TRAP, STAMP = "the-consent", "the-company", "the-stamp"
OWN = (CONSENT, TRAP, STAMP)
LINK = re.compile(r"https?://|\bwww\.|\[url|<a\b", re.IGNORECASE)
MOST_LINKS = 2


class PhoneField(forms.CharField):
    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        return to_e164(typed) if typed else ""


class EnquiryFormBuilder(FormBuilder):
    """Fields with faults in words that name them: a list of faults stands at the top, far from its fields."""

    def get_field_options(self, field: Any) -> dict[str, Any]:
        options: dict[str, Any] = super().get_field_options(field)
        name = {"label": field.label}
        options["error_messages"] = {
            "required": _("Fill in “%(label)s”.") % name,
            "invalid": _("“%(label)s” cannot be read like this. Please write it differently.") % name,
            "invalid_choice": _("Choose one of the answers to “%(label)s”.") % name,
        }
        return options

    def create_singleline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return forms.CharField(max_length=255, widget=forms.TextInput(attrs={"dir": "auto"}), **options)

    def create_multiline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}), **options)

    def create_email_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        options["error_messages"]["invalid"] = _("Enter an e-mail address like name@example.com.")
        attrs = {"autocomplete": "email", "dir": "ltr", "spellcheck": "false"}
        return forms.EmailField(max_length=254, widget=forms.EmailInput(attrs=attrs), **options)

    def create_phone_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        attrs = {"type": "tel", "autocomplete": "tel", "inputmode": "tel", "dir": "ltr"}
        return PhoneField(max_length=40, widget=forms.TextInput(attrs=attrs), **options)

    def create_date_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        options["error_messages"]["invalid"] = _("Choose a day for “%(label)s”, or write it as in 2026-03-31.") % {
            "label": field.label
        }
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "dir": "ltr"})
        return forms.DateField(widget=widget, input_formats=["%Y-%m-%d"], **options)

    def create_checkboxes_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        made: forms.Field = super().create_checkboxes_field(field, options)
        made.error_messages["invalid_choice"] = options["error_messages"]["invalid_choice"]
        return made


class EnquiryForm(BaseForm):
    """`stamp` is what the form is sent with; a form without a good one is given a new one and shown again."""

    stamp: Stamp

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[CONSENT] = forms.BooleanField(
            label=self.page.consent_text,
            error_messages={"required": gettext_lazy("Tick that you agree: we may not keep your answers without it.")},
        )
        self.fields[TRAP] = forms.CharField(label=gettext_lazy("Leave this empty"), required=False)
        known = read(str(self.data.get(STAMP, "")), self.page.pk or 0) if self.is_bound else None
        self.is_stamped = known is not None
        self.stamp = known or new_stamp(self.page.pk or 0)

    @property
    def questions(self) -> list[forms.BoundField]:
        """The fields that the editor has made."""
        return [field for field in self.visible_fields() if field.name not in OWN]

    @property
    def consent(self) -> forms.BoundField:
        return self[CONSENT]

    @property
    def trap(self) -> forms.BoundField:
        return self[TRAP]

    @property
    def answers(self) -> dict[str, Any]:
        """Of a valid form, by the names of the editor's fields."""
        return {name: value for name, value in self.cleaned_data.items() if name not in OWN}

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get(TRAP):
            self.add_error(TRAP, ValidationError(_("Please send the form again with the last field empty."), "trap"))
        if not self.is_stamped:
            raise ValidationError(
                _("This page was open for a long time. Please send the form once more: what you wrote is still here."),
                code="stamp",
            )
        if self.stamp.is_fresh:
            raise ValidationError(
                _("That was very quick. Please look at your answers once more and send them again."), code="quick"
            )
        if sum(len(LINK.findall(text)) for text in self.answers.values() if isinstance(text, str)) > MOST_LINKS:
            raise ValidationError(
                _("There are too many web addresses in your answers. Please leave some of them out."), code="links"
            )
        return self.cleaned_data
