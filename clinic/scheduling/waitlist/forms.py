"""What somebody wishes for, as both faces ask it."""

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic.directory.enums import Weekday
from clinic.directory.models import Location, Practitioner
from clinic.scheduling.models.waitlist import WaitlistEntry
from clinic.scheduling.waitlist.enums import EntryStatus
from clinic.scheduling.waitlist.rules import MOST_WAITING

# As the week is printed where the clinic stands: it begins on Sunday.
WEEK = [Weekday.SUNDAY, *(day for day in Weekday if day != Weekday.SUNDAY)]
USUALLY = timedelta(days=14)
LONGEST = timedelta(days=180)


class DayInput(forms.DateInput):
    input_type = "date"


class ClockInput(forms.TimeInput):
    input_type = "time"


class WishForm(forms.Form):
    """With whom, where, on which days and at what times. `practitioner` and `location` are slugs, empty for any."""

    practitioner = forms.ChoiceField(label=_("Practitioner"), required=False)
    location = forms.ChoiceField(label=_("Location"), required=False)
    first_day = forms.DateField(
        label=_("From"),
        input_formats=["%Y-%m-%d"],
        widget=DayInput(format="%Y-%m-%d", attrs={"dir": "ltr"}),
        error_messages={"required": _("Choose the first day."), "invalid": _("Choose the first day.")},
    )
    last_day = forms.DateField(
        label=_("Until"),
        input_formats=["%Y-%m-%d"],
        widget=DayInput(format="%Y-%m-%d", attrs={"dir": "ltr"}),
        error_messages={"required": _("Choose the last day."), "invalid": _("Choose the last day.")},
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"),
        required=False,
        coerce=int,
        choices=[(day.value, day.label) for day in WEEK],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none if any day suits you."),
    )
    earliest = forms.TimeField(
        label=_("Not before"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=ClockInput(format="%H:%M", attrs={"dir": "ltr"}),
        error_messages={"invalid": _("Write the time as 14:30.")},
    )
    latest = forms.TimeField(
        label=_("Not after"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=ClockInput(format="%H:%M", attrs={"dir": "ltr"}),
        error_messages={"invalid": _("Write the time as 14:30.")},
    )

    def __init__(
        self,
        *args: Any,
        practitioners: Sequence[Practitioner],
        locations: Sequence[Location],
        today: date,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"first_day": today, "last_day": today + USUALLY, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.today = today
        self.practitioners = {each.slug: each for each in practitioners}
        self.locations = {each.slug: each for each in locations}
        self.offer("practitioner", _("Anyone, the soonest"), practitioners)
        self.offer("location", _("All locations"), locations)

    def offer(self, name: str, anything: str | Promise, known: Iterable[Practitioner | Location]) -> None:
        choices = [(each.slug, each.name) for each in known]
        cast("forms.ChoiceField", self.fields[name]).choices = [("", anything), *choices]

    def clean_practitioner(self) -> Practitioner | None:
        return self.practitioners.get(self.cleaned_data["practitioner"])

    def clean_location(self) -> Location | None:
        return self.locations.get(self.cleaned_data["location"])

    def clean_last_day(self) -> date:
        last: date = self.cleaned_data["last_day"]
        if last < self.today:
            raise ValidationError(_("This day has passed. Choose a later one."), code="past")
        if last > self.today + LONGEST:
            raise ValidationError(_("This day is too far ahead. Choose one within half a year."), code="far")
        return last

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and first > last:
            self.add_error("last_day", ValidationError(_("The last day must not come before the first."), code="order"))
        earliest: time | None = cleaned.get("earliest")
        latest: time | None = cleaned.get("latest")
        if earliest and latest and earliest > latest:
            self.add_error("latest", ValidationError(_("The end must not come before the beginning."), code="order"))
        return cleaned

    @property
    def wish(self) -> dict[str, Any]:
        """Of a valid form, as `join_waitlist` takes it."""
        names = ("practitioner", "location", "first_day", "last_day", "weekdays", "earliest", "latest")
        return {name: self.cleaned_data[name] for name in names}


def waits_too_often(*, phone: str = "", email: str = "") -> bool:
    """Whether as much is waited for under this phone (E.164) or e-mail, however it is cased, as one person may."""
    same = Q(contact_phone=phone) if phone else Q(contact_email__iexact=email)
    return WaitlistEntry.objects.filter(same, status=EntryStatus.WAITING).count() >= MOST_WAITING
