"""What a desk looks at: a day or more, a practitioner, a location, a status, a search."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.directory.models import Location, Practitioner
from clinic.scheduling.enums import AppointmentStatus

FARTHEST = timedelta(days=36_525)  # a century: far from the ends of the calendar

SPANS = [("1", _("One day")), ("7", _("7 days")), ("30", _("30 days"))]


class VisitFilter(forms.Form):
    """From the query string. What makes no sense is left out, never an error page."""

    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    span = forms.ChoiceField(label=_("Show"), required=False, choices=SPANS)
    location = forms.ModelChoiceField(
        Location.objects.all(), label=_("Location"), required=False, empty_label=_("All locations")
    )
    practitioner = forms.ModelChoiceField(
        Practitioner.objects.all(), label=_("Practitioner"), required=False, empty_label=_("Everybody")
    )
    status = forms.ChoiceField(required=False, choices=[("", ""), *AppointmentStatus.choices], widget=forms.HiddenInput)
    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def __init__(self, data: Any, *, today: date) -> None:
        self.today = today
        super().__init__({"day": today.isoformat(), "span": "1", **{key: data[key] for key in data if data[key]}})
        self.fields["q"].widget.attrs["placeholder"] = _("Name, phone, file or reference")
        self.is_valid()

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        return day if day and abs(day - self.today) < FARTHEST else None

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name) or None

    @property
    def first_day(self) -> date:
        day: date = self.value("day") or self.today
        return day

    @property
    def days(self) -> int:
        return int(self.value("span") or 1)
