"""Which board somebody looks at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clinic.desk.forms.filters import FARTHEST
from clinic.directory.models import Location
from clinic.lib import clock

DAY, WEEK = "day", "week"
PEOPLE, ROOMS = "people", "rooms"


@dataclass(frozen=True, slots=True)
class Asked:
    """`days` local days of `location` from `first_day`; a week shows one practitioner or room, `who`."""

    location: Location
    first_day: date
    days: int
    by: str
    who: int | None

    @property
    def day_list(self) -> list[date]:
        return [self.first_day + timedelta(days=number) for number in range(self.days)]

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """The first instant of the days and the first after them."""
        begin, _end = clock.day_bounds(self.first_day, self.location.time_zone)
        _begin, end = clock.day_bounds(self.day_list[-1], self.location.time_zone)
        return begin, end


class BoardForm(forms.Form):
    """From the query string. What makes no sense is left out, never an error page."""

    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    view = forms.ChoiceField(
        label=_("Show"), required=False, choices=[(DAY, _("One day")), (WEEK, pgettext_lazy("on the board", "A week"))]
    )
    by = forms.ChoiceField(
        label=_("Columns"),
        required=False,
        choices=[(PEOPLE, _("By practitioner")), (ROOMS, _("By room and device"))],
    )
    location = forms.ChoiceField(label=_("Location"), required=False)
    who = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, locations: Sequence[Location], now: datetime, rooms: bool) -> None:
        """`locations` are those that may be looked at, one at least; `rooms` says whether their rooms may be."""
        wanted = data.get("location")
        self.place = next((each for each in locations if str(each.pk) == wanted), locations[0])
        self.today = clock.local_day(now, self.place.time_zone)
        given = {key: data[key] for key in data if data[key]}
        standard = {"day": self.today.isoformat(), "view": DAY, "by": PEOPLE}
        super().__init__({**standard, **given, "location": str(self.place.pk)})
        self.fields["location"] = forms.ChoiceField(
            label=_("Location"), choices=[(str(each.pk), each.name) for each in locations]
        )
        if not rooms:
            self.fields["by"] = forms.ChoiceField(required=False, choices=[(PEOPLE, "")], widget=forms.HiddenInput)
        self.is_valid()

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        return day if day and abs(day - self.today) < FARTHEST else None

    @property
    def asked(self) -> Asked:
        typed = self.cleaned_data
        return Asked(
            location=self.place,
            first_day=typed.get("day") or self.today,
            days=7 if typed.get("view") == WEEK else 1,
            by=typed.get("by") or PEOPLE,
            who=typed.get("who"),
        )
