"""What the day's queue is asked and told."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.directory.models import Location, Practitioner
from clinic.scheduling.models.queue import LATEST


class QueueFilter(forms.Form):
    """From the query string. What makes no sense is left out, never an error page."""

    location = forms.TypedChoiceField(label=_("Location"), required=False, coerce=int, empty_value=None)
    practitioner = forms.ModelChoiceField(
        Practitioner.objects.all(), label=_("Practitioner"), required=False, empty_label=_("Everybody")
    )

    def __init__(self, data: Any, *, locations: Sequence[Location]) -> None:
        first = {"location": str(locations[0].pk)} if locations else {}
        super().__init__({**first, **{key: data[key] for key in data if data[key]}})
        self.fields["location"].choices = [(str(location.pk), location.name) for location in locations]  # type: ignore[attr-defined]
        self.is_valid()
        chosen = self.cleaned_data.get("location")
        self.place = next((each for each in locations if each.pk == chosen), locations[0] if locations else None)

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name) or None


class LineForm(forms.Form):
    """Whose line, and where."""

    practitioner = forms.ModelChoiceField(Practitioner.objects.all())
    location = forms.ModelChoiceField(Location.objects.all())


class NextForm(LineForm):
    """`seen` is who was shown as the next one; `finish` and `revision` are the visit that is over with it."""

    seen = forms.SlugField(max_length=10)
    finish = forms.SlugField(max_length=10, required=False)
    revision = forms.IntegerField(min_value=0, required=False)


class LateForm(LineForm):
    minutes = forms.IntegerField(
        label=_("Minutes late"),
        min_value=0,
        max_value=LATEST,
        error_messages={
            "required": _("Say by how many minutes; 0 takes it back."),
            "invalid": _("Say by how many minutes; 0 takes it back."),
            "min_value": _("A delay is between 0 and 480 minutes."),
            "max_value": _("A delay is between 0 and 480 minutes."),
        },
    )


class AgainForm(forms.Form):
    revision = forms.IntegerField(min_value=0)


class ScreenForm(forms.Form):
    location = forms.ModelChoiceField(Location.objects.all())
