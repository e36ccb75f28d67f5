"""Who or what is away, and when; and what is to become of each visit that lies there."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clinic.desk.forms.booking import ChosenTime
from clinic.directory.enums import ResourceKind
from clinic.directory.models import Device, Location, Practitioner, Resource, Room
from clinic.lib import clock
from clinic.scheduling.actions import Choice
from clinic.scheduling.enums import AbsenceKind, Decision
from clinic.scheduling.models import Absence, Appointment

LONGEST = timedelta(days=366)
FARTHEST = timedelta(days=3_660)

# What a person chooses; `Decision` says afterwards what was done.
DECISIONS = {
    Decision.MOVED: _("Move to this time"),
    Decision.ASKED: _("Ask by e-mail to choose another time"),
    Decision.CALL: _("Call: keep on the list"),
    Decision.CANCELLED: _("Cancel the visit and tell the patient"),
    Decision.KEPT: _("Leave as it is"),
}


def day_field(label: Any, **values: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **values)


def time_field(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "dir": "ltr"})
    return forms.TimeField(label=label, widget=widget, required=False)


class AbsenceForm(forms.Form):
    """What is typed, on the wall clock of whoever is away. A valid form has an `absence`, not saved yet."""

    what = forms.ChoiceField(label=_("Who or what is away?"))
    first_day = day_field(_("First day"))
    starts = time_field(pgettext_lazy("time of day", "From"))
    last_day = day_field(_("Last day"), required=False)
    ends = time_field(pgettext_lazy("time of day", "Until"))
    note = forms.CharField(
        label=_("Note for the staff"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    name_en = forms.CharField(
        label=_("Shown to visitors in English"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "en", "dir": "ltr"}),
    )
    name_ar = forms.CharField(
        label=_("Shown to visitors in Arabic"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "ar", "dir": "rtl"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        what: Any = self.fields["what"]
        what.choices = [("", _("Please choose")), *choices_of_what()]
        self.absence: Absence | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        resource, location = self.away()
        self.check_days()
        if location:
            self.check_closure()
        kind = AbsenceKind.CLOSURE if location else AbsenceKind.MAINTENANCE
        if resource and resource.kind == ResourceKind.PRACTITIONER:
            kind = AbsenceKind.LEAVE
        zone = zone_of(resource, location)
        self.absence = Absence(
            kind=kind,
            resource=resource,
            location=location,
            during=self.during(zone),
            time_zone=zone,
            note=cleaned["note"],
        )
        return cleaned

    def check_days(self) -> None:
        first = self.cleaned_data["first_day"]
        last = self.cleaned_data["last_day"] = self.cleaned_data.get("last_day") or first
        if last < first:
            raise ValidationError({"last_day": _("The last day must not come before the first.")})
        if abs(first - clock.now().date()) > FARTHEST or last - first > LONGEST:
            raise ValidationError({"last_day": _("An absence lasts a year at most.")})

    def check_closure(self) -> None:
        if self.cleaned_data.get("starts") or self.cleaned_data.get("ends"):
            raise ValidationError({"starts": _("A location is closed for whole days. Leave the times empty.")})
        for name in ("name_en", "name_ar"):
            if not self.cleaned_data.get(name):
                self.add_error(name, _("Visitors read why the location is closed. Please fill this in."))

    def during(self, zone: str) -> DateTimeTZRange:
        typed = self.cleaned_data
        begins = at(typed["first_day"], typed.get("starts"), zone)
        ends = end_of(typed["last_day"], typed.get("ends"), zone)
        if ends <= begins:
            raise ValidationError({"ends": _("The end must come after the start.")})
        if ends <= clock.now():
            raise ValidationError({"last_day": _("This time is already over.")})
        return DateTimeTZRange(begins, ends)

    def away(self) -> tuple[Resource | None, Location | None]:
        kind, _dot, number = self.cleaned_data["what"].partition(".")
        if kind == "location":
            return None, Location.objects.get(pk=number)
        return Resource.objects.get(pk=number), None


def choices_of_what() -> list[tuple[Any, list[tuple[str, str]]]]:
    """Everybody and everything that can be away, in groups."""
    groups = (
        (_("Leave of a practitioner"), "resource", Practitioner.objects.filter(is_active=True)),
        (_("Maintenance of a room"), "resource", Room.objects.filter(is_active=True).select_related("location")),
        (_("Maintenance of a device"), "resource", Device.objects.filter(is_active=True).select_related("location")),
        (_("Closure of a location"), "location", Location.objects.all()),
    )
    return [(label, [(f"{kind}.{row.pk}", named(row)) for row in rows]) for label, kind, rows in groups if rows]


def named(row: Practitioner | Room | Device | Location) -> str:
    """Rooms bear the same name at several locations."""
    return f"{row.name} · {row.location.name}" if isinstance(row, Room | Device) else str(row.name)


def zone_of(resource: Resource | None, location: Location | None) -> str:
    """The wall clock that hangs where the absence is: for a practitioner where they work most days."""
    if location is None and resource is not None:
        worked = Location.objects.filter(working_hours__practitioner=resource.pk)
        stands = Location.objects.filter(rooms=resource.pk) | Location.objects.filter(devices=resource.pk)
        location = (worked if resource.kind == ResourceKind.PRACTITIONER else stands).first()
    location = location or Location.objects.first()
    return location.time_zone if location else "UTC"


def at(day: date, moment: time | None, zone: str) -> datetime:
    """The instant of `moment` on `day`, of its beginning without one."""
    if moment is None:
        return clock.day_bounds(day, zone)[0]
    return datetime.combine(day, moment, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def end_of(day: date, moment: time | None, zone: str) -> datetime:
    return at(day, moment, zone) if moment else clock.day_bounds(day, zone)[1]


class SickForm(forms.Form):
    practitioner = forms.ModelChoiceField(
        Practitioner.objects.filter(is_active=True), label=_("Who is sick?"), empty_label=_("Please choose")
    )


class ChoicesReader:
    """The rows of the list as they were sent: for each visit its revision, a decision and a time."""

    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self.decisions: dict[str, Decision] = {}
        self.times: dict[str, str] = {}
        self.revisions: dict[str, int] = {}
        for reference in data.getlist("visit")[:2_000]:
            try:
                self.revisions[reference] = int(data.get(f"revision-{reference}", ""))
                self.decisions[reference] = Decision(data.get(f"decision-{reference}", ""))
            except ValueError:
                self.revisions.pop(reference, None)
                continue
            self.times[reference] = data.get(f"time-{reference}", "")

    def choices(self, visits: Sequence[Appointment], *, only: str = "") -> list[Choice]:
        """What was chosen for those of `visits` that were on the list, in the state in which it showed them."""
        chosen = [visit for visit in visits if visit.reference in self.decisions and only in ("", visit.reference)]
        times = {visit.pk: self._time(visit.reference) for visit in chosen}
        people = Practitioner.objects.in_bulk({time.practitioner for time in times.values() if time})
        places = Location.objects.in_bulk({time.location for time in times.values() if time})
        found = []
        for visit in chosen:
            visit.revision = self.revisions[visit.reference]
            time = times[visit.pk]
            where = (people.get(time.practitioner), places.get(time.location), time.starts_at) if time else ()
            found.append(Choice(visit, self.decisions[visit.reference], *where))
        return found

    def _time(self, reference: str) -> ChosenTime | None:
        if self.decisions[reference] != Decision.MOVED:
            return None
        try:
            time = ChosenTime.read(self.times[reference])
        except ValueError:
            return None
        sound = all(0 < number < 2**31 for number in (time.practitioner, time.location))
        return time if sound else None
