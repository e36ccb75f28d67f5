"""A calendar of holidays, and what of it is to be entered."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.desk.forms.leave import FARTHEST
from clinic.directory.holidays import AT_MOST, Holiday, read_holidays
from clinic.directory.models import Closure, Location
from clinic.lib import clock

LARGEST = 1_000_000  # bytes


class CalendarForm(forms.Form):
    """A valid form has `holidays`."""

    calendar = forms.FileField(
        label=_("Calendar file (.ics)"), widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"})
    )
    holidays: Sequence[Holiday] = ()

    def clean_calendar(self) -> Any:
        file = self.cleaned_data["calendar"]
        if file.size > LARGEST:
            raise ValidationError(_("This file is too large: a calendar of holidays has a megabyte at most."))
        try:
            self.holidays = read_holidays(file.read(), today=clock.now().date())
        except ValueError:
            raise ValidationError(_("This is no calendar. Choose a file whose name ends in .ics.")) from None
        if not self.holidays:
            raise ValidationError(_("There are no days to come in this calendar."))
        return file


class HolidayForm(forms.Form):
    """One holiday, with its names in both languages."""

    chosen = forms.BooleanField(required=False)
    first_day = forms.DateField(widget=forms.HiddenInput)
    last_day = forms.DateField(widget=forms.HiddenInput)
    name_en = forms.CharField(
        label=_("name in English"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "en", "dir": "ltr"}),
    )
    name_ar = forms.CharField(
        label=_("name in Arabic"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "ar", "dir": "rtl"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("chosen"):
            return cleaned
        for name in ("name_en", "name_ar"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Visitors read it in both languages."))
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error(None, _("The last day must not come before the first."))
        if any(day and abs(day - clock.now().date()) > FARTHEST for day in (first, last)):
            self.add_error(None, _("This day is too far away."))
        return cleaned

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The days, to be shown beside the fields."""
        if self.is_bound:
            cleaned = getattr(self, "cleaned_data", {})
            return cleaned.get("first_day"), cleaned.get("last_day")
        return self.initial["first_day"], self.initial["last_day"]


HolidayForms = forms.formset_factory(HolidayForm, extra=0, max_num=AT_MOST, absolute_max=AT_MOST)


class PlacesForm(forms.Form):
    locations = forms.ModelMultipleChoiceField(
        Location.objects.filter(is_active=True),
        label=_("Which locations are closed? None chosen means all."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def initial_rows(holidays: Sequence[Holiday]) -> list[dict[str, Any]]:
    """The rows to begin with: what is entered already is not chosen, and known names come in both languages."""
    known = {(row.first_day, row.last_day) for row in Closure.objects.all()}
    names: Mapping[str, Closure] = {
        name: row for row in Closure.objects.order_by("first_day") for name in (row.name_en, row.name_ar)
    }
    rows = []
    for each in holidays:
        row = names.get(each.name)
        is_arabic = any("\u0600" <= letter <= "\u06ff" for letter in each.name)
        rows.append(
            {
                "chosen": (each.first_day, each.last_day) not in known,
                "first_day": each.first_day,
                "last_day": each.last_day,
                "name_en": row.name_en if row else "" if is_arabic else each.name,
                "name_ar": row.name_ar if row else each.name if is_arabic else "",
            }
        )
    return rows
