"""Another time, person or place for a visit: typed in the form, or sent by the board after a drag."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.desk.forms.booking import FARTHEST
from clinic.directory.models import Location, Practitioner, Room
from clinic.lib import clock
from clinic.scheduling.models import Appointment

TimeOfDay = time  # in the form below `time` is a field


def instant(day: date, moment: TimeOfDay, zone: ZoneInfo) -> datetime:
    """The instant at which the clock of `zone` shows `moment`, in UTC; the first of two.

    Raises ValidationError for a time that the clock skips.
    """
    starts = datetime.combine(day, moment, tzinfo=zone).astimezone(UTC)
    if starts.astimezone(zone).time() != moment:
        raise ValidationError(_("The clock skips this time on that day. Choose another one."))
    return starts


class RoomField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Room) -> str:
        return f"{obj.name} · {obj.location.name}"


class MoveForm(forms.Form):
    """`own` says that the person may move their own visits only, and to nobody else."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    length = forms.IntegerField(label=_("Length in minutes"), min_value=5, max_value=720)
    practitioner = forms.ModelChoiceField(Practitioner.objects.none(), label=_("Practitioner"))
    location = forms.ModelChoiceField(Location.objects.filter(is_active=True), label=_("Location"))
    room = RoomField(
        Room.objects.none(), label=_("Room"), required=False, empty_label=_("The same room, else one that is free")
    )
    tell = forms.BooleanField(label=_("Tell the patient about the new time"), required=False)

    def __init__(self, *args: Any, visit: Appointment, own: bool, **kwargs: Any) -> None:
        self.visit = visit
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {**values_of(visit), **kwargs["initial"]}
        super().__init__(*args, **kwargs)
        people = Practitioner.objects.filter(is_active=True, services=visit.service_id)
        self.fields["practitioner"].queryset = (  # type: ignore[attr-defined]
            Practitioner.objects.filter(pk=visit.practitioner_id) if own else people
        )
        if visit.service.room_kind:
            rooms = Room.objects.filter(is_active=True, room_kind=visit.service.room_kind).select_related("location")
            self.fields["room"].queryset = rooms  # type: ignore[attr-defined]
        else:
            del self.fields["room"]

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if abs(day - clock.now().date()) > FARTHEST:
            raise ValidationError(_("This day is too far away."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        room, location = cleaned.get("room"), cleaned.get("location")
        if room and location and room.location_id != location.pk:
            self.add_error("room", ValidationError(_("This room is at another location.")))
        if "day" in cleaned and "time" in cleaned and location:
            try:
                cleaned["starts_at"] = self.starts_at(cleaned["day"], cleaned["time"], location)
            except ValidationError as fault:
                self.add_error("time", fault)
        return cleaned

    def starts_at(self, day: date, moment: TimeOfDay, location: Location) -> datetime:
        """What was typed as an instant. Who leaves day and time alone leaves the instant alone."""
        now = values_of(self.visit)
        if (day, moment, location.pk) == (now["day"], now["time"], now["location"]):
            return self.visit.starts_at
        return instant(day, moment, ZoneInfo(location.time_zone))

    @property
    def span(self) -> timedelta:
        return timedelta(minutes=self.cleaned_data["length"])

    def faults(self) -> str:
        """All faults in one line, for the board."""
        return " ".join(str(fault) for faults in self.errors.values() for fault in faults)


def values_of(visit: Appointment) -> dict[str, Any]:
    """The visit as it stands, as values of the form."""
    starts = visit.starts_at.astimezone(ZoneInfo(visit.location.time_zone))
    return {
        "revision": visit.revision,
        "day": starts.date(),
        "time": starts.time().replace(second=0, microsecond=0),
        "length": int((visit.ends_at - visit.starts_at).total_seconds() // 60),
        "practitioner": visit.practitioner_id,
        "location": visit.location_id,
        "tell": True,
    }
