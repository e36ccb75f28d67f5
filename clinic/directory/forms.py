"""Forms of the directory: hours that do not overlap, phones that can be called."""

import zoneinfo
from collections.abc import Iterable
from datetime import date, datetime
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, CheckboxSelectMultiple
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from clinic.directory.enums import CodeBy, Language, Weekday
from clinic.lib import clock
from clinic.lib.clock import clock_range
from clinic.lib.phone import to_e164
from clinic.messaging.sms import sms_is_sent

EVER = (date.min, date.max)


def kept_rows(formset: BaseFormSet) -> list[tuple[int, Any]]:
    """The rows that will be saved, each with its number as a person counts."""
    rows = [form for form in formset.forms if not formset._should_delete_form(form)]  # type: ignore[attr-defined] # noqa: SLF001
    return [(number, form) for number, form in enumerate(rows, start=1) if form.is_valid() and form.cleaned_data]


def in_force(row: dict[str, Any]) -> tuple[Any, Any]:
    """First and last day of `row`; a day of extra hours is its own first and last."""
    if "day" in row:
        return row["day"], row["day"]
    return row.get("valid_from") or EVER[0], row.get("valid_until") or EVER[1]


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two rows of hours claim the same time. Times are half-open, days include both ends."""
    (first, last), (begin, end) = in_force(one), in_force(other)
    return (
        one.get("weekday") == other.get("weekday")
        and first <= end
        and begin <= last
        and one["starts"] < other["ends"]
        and other["starts"] < one["ends"]
    )


def mark_overlaps(rows: Iterable[tuple[int, Any]]) -> bool:
    """Put a fault on each row that overlaps an earlier one, naming that one. True when there was any."""
    found = False
    for (number, earlier), (_number, later) in combinations(rows, 2):
        if overlap(earlier.cleaned_data, later.cleaned_data):
            found = True
            row = earlier.cleaned_data
            when = clock_range(row["starts"], row["ends"])
            day = Weekday(row["weekday"]).label if "weekday" in row else row["day"].isoformat()
            later.add_error(
                "starts",
                _("These hours overlap row %(row)d: %(day)s, %(when)s.") % {"row": number, "day": day, "when": when},
            )
    return found


class HoursForm(WagtailAdminModelForm):
    """A form with lists of hours. Rows of one list must not overlap: the database would refuse them at commit."""

    def is_valid(self) -> bool:
        valid: bool = super().is_valid()
        overlapping = [mark_overlaps(kept_rows(formset)) for formset in self.formsets.values()]
        return valid and not any(overlapping)


class LocationForm(HoursForm):
    """A location that gets another clock while visits are to come there: the form asks once more."""

    clock_is_meant = forms.BooleanField(required=False, label=gettext_lazy("Change the clock all the same"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shifted = self.first_shifted()
        if self.shifted is None:
            del self.fields["clock_is_meant"]

    def first_shifted(self) -> tuple[datetime, datetime, int] | None:
        """The first coming visit that the clock which was typed shows at another time, by the old clock and by the
        new, and how many they are; None where no visit is shown otherwise.
        """
        old, typed = self.instance.time_zone, self.data.get(self.add_prefix("time_zone"), "").strip()
        if self.instance.pk is None or typed == old or typed not in zoneinfo.available_timezones():
            return None
        coming = self.instance.appointments.filter(starts_at__gt=clock.now(), reservations__isnull=False)
        starts = coming.values_list("pk", "starts_at").distinct().order_by("starts_at")
        both = [(each.astimezone(ZoneInfo(old)), each.astimezone(ZoneInfo(typed))) for _pk, each in starts]
        shifted = [(before, after) for before, after in both if before.utcoffset() != after.utcoffset()]
        return (*shifted[0], len(shifted)) if shifted else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.shifted and not cleaned.get("clock_is_meant"):
            before, after, count = self.shifted
            told = _(
                "Appointments still to come here: %(count)d. They keep their moment, so another time will be shown"
                " for them: for the first, %(after)s instead of %(before)s. Weekly hours follow the new clock. Nobody"
                " is told by itself. Tick the box below if you mean this."
            )
            self.add_error("time_zone", told % {"count": count, "before": when(before), "after": when(after)})
        return cleaned

    def clean_phone(self) -> str:
        return to_e164(self.cleaned_data["phone"])

    def is_valid(self) -> bool:
        valid = super().is_valid()
        if valid and self.cleaned_data["keeps_to_hours"] and not kept_rows(self.formsets["opening_hours"]):
            self.add_error("keeps_to_hours", _("Enter the opening hours first: without them nothing could be booked."))
            return False
        return valid


def when(local: datetime) -> str:
    """A day and what the clock shows, as plain text; the time never mirrors."""
    return f"{date_format(local.date(), 'DATE_FORMAT')} \u2066{clock.shown(local)}\u2069"


class PractitionerForm(HoursForm):
    languages = forms.MultipleChoiceField(
        choices=Language.choices, widget=CheckboxSelectMultiple, label=gettext_lazy("Spoken languages")
    )


class ServiceForm(WagtailAdminModelForm):
    def clean_code_by(self) -> str:
        chosen: str = self.cleaned_data["code_by"]
        if chosen == CodeBy.SMS and not sms_is_sent():
            raise ValidationError(_("No carrier for SMS is set up, so codes can go by e-mail only."), code="no_sms")
        return chosen
