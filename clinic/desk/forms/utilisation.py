"""Over which days the use of a location is counted."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clinic.desk.forms.leave import day_field
from clinic.directory.models import Location
from clinic.lib import clock

WEEK, MONTH, OWN = "week", "month", "own"
LONGEST = timedelta(days=366)


class UtilisationForm(forms.Form):
    """From the query string. `days` are the first and the last, both included."""

    span = forms.ChoiceField(
        label=_("Days"),
        choices=[
            (WEEK, pgettext_lazy("a span of days", "The week of this day")),
            (MONTH, pgettext_lazy("a span of days", "The month of this day")),
            (OWN, pgettext_lazy("a span of days", "From this day until")),
        ],
    )
    first_day = day_field(_("Day"))
    last_day = day_field(_("Last day"), required=False)
    location = forms.ChoiceField(label=_("Location"))

    def __init__(self, data: Any, *, locations: Sequence[Location], now: Any) -> None:
        today = clock.local_day(now, locations[0].time_zone)
        usual = {"span": MONTH, "first_day": today.isoformat(), "location": str(locations[0].pk)}
        super().__init__({**usual, **{key: data[key] for key in data if data[key]}})
        self.locations = {str(location.pk): location for location in locations}
        self.fields["location"].choices = [(key, each.name) for key, each in self.locations.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        first, last = self.days
        if not date(1990, 1, 1) <= first <= date(2190, 1, 1):
            raise ValidationError({"first_day": _("Choose a day of this century.")})
        if last < first:
            raise ValidationError({"last_day": _("The last day must not come before the first.")})
        if last - first > LONGEST:
            raise ValidationError({"last_day": _("Choose a year at most.")})
        return cleaned

    @property
    def place(self) -> Location:
        return self.locations[self.cleaned_data["location"]]

    @property
    def days(self) -> tuple[date, date]:
        day: date = self.cleaned_data["first_day"]
        if self.cleaned_data["span"] == WEEK:
            first = day - min(timedelta(days=(day.isoweekday() - 6) % 7), day - date.min)
            return first, first + timedelta(days=6) if first < date.max - timedelta(days=6) else date.max
        if self.cleaned_data["span"] == MONTH:
            first = day.replace(day=1)
            return first, (first + timedelta(days=31)).replace(day=1) - timedelta(
                days=1
            ) if first.year < date.max.year else first
        return day, self.cleaned_data["last_day"] or day
