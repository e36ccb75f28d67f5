"""What a booking at the desk may be besides: again and again, now, or squeezed in."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.desk.forms.booking import FARTHEST
from clinic.desk.forms.moves import instant
from clinic.lib import clock
from clinic.scheduling.recurrence import AT_MOST

UNITS = [("", _("Once only")), ("DAILY", _("Every day")), ("WEEKLY", _("Every week")), ("MONTHLY", _("Every month"))]
WEEKDAYS = [
    ("MO", _("Monday")),
    ("TU", _("Tuesday")),
    ("WE", _("Wednesday")),
    ("TH", _("Thursday")),
    ("FR", _("Friday")),
    ("SA", _("Saturday")),
    ("SU", _("Sunday")),
]


class RepeatForm(forms.Form):
    """How a visit comes again; `rule` is that in the words of RFC 5545."""

    unit = forms.ChoiceField(label=_("Repeat"), choices=UNITS, required=False)
    every = forms.IntegerField(
        label=_("at intervals of"), min_value=1, max_value=12, required=False, widget=forms.NumberInput({"dir": "ltr"})
    )
    times = forms.IntegerField(
        label=_("How many visits"),
        min_value=2,
        max_value=AT_MOST,
        required=False,
        widget=forms.NumberInput({"dir": "ltr"}),
    )
    weekdays = forms.MultipleChoiceField(
        label=_("On these days as well"), choices=WEEKDAYS, required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("unit") and not cleaned.get("times") and "times" not in self.errors:
            self.add_error("times", _("Say how many visits there are to be."))
        return cleaned

    def rule(self, first: datetime) -> str:
        """The rule from `first`, a moment on the wall clock of the location; empty for a visit that comes once."""
        asked = self.cleaned_data
        if not asked["unit"]:
            return ""
        rule = f"FREQ={asked['unit']};INTERVAL={asked['every'] or 1};COUNT={asked['times']}"
        if asked["unit"] == "WEEKLY" and asked["weekdays"]:
            days = {*asked["weekdays"], WEEKDAYS[first.weekday()][0]}
            rule += f";BYDAY={','.join(day for day, _name in WEEKDAYS if day in days)}"
        return rule


class SqueezeForm(forms.Form):
    """A time beside the free ones, with the reason for it; for those who may give an extra seat."""

    squeeze_at = forms.DateTimeField(
        label=_("Day and time"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "dir": "ltr"}),
    )
    overbooked = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=200,
        help_text=_("Only the staff reads it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )

    def clean_squeeze_at(self) -> datetime | None:
        """What was typed, without a zone: which wall clock is meant is known with the location."""
        moment: datetime | None = self.cleaned_data["squeeze_at"]
        if moment and abs(moment.date() - clock.now().date()) >= FARTHEST:
            raise ValidationError(_("Choose one of the free times."))
        return moment.replace(tzinfo=None) if moment else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("squeeze_at") and not cleaned.get("overbooked"):
            self.add_error("overbooked", _("Say why this visit cannot wait."))
        return cleaned

    def is_asked(self) -> bool:
        return bool(self.cleaned_data.get("squeeze_at"))

    def starts_at(self, zone: str) -> datetime:
        """The moment on the wall clock of `zone`, in UTC. Raises ValidationError for one that it skips."""
        moment: datetime = self.cleaned_data["squeeze_at"]
        return instant(moment.date(), moment.time(), ZoneInfo(zone))
