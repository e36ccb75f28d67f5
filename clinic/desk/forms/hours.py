"""Special hours as they are typed: a week of them, its days, and who follows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from clinic.desk.forms.leave import FARTHEST, day_field
from clinic.directory.enums import Weekday
from clinic.directory.models import HoursTemplate, Location, Practitioner, WorkingHours
from clinic.directory.workdays import Draft, Span
from clinic.lib import clock
from clinic.scheduling.models import Appointment

WEEK = (6, 7, 1, 2, 3, 4, 5)  # from Saturday, as on the public site
SPANS = (1, 2)  # with a break between them
LONGEST = timedelta(days=366)


class HoursForm(forms.ModelForm[HoursTemplate]):
    """A valid form has a `draft`, not saved yet."""

    first_day = day_field(_("First day"))
    last_day = day_field(_("Last day"))
    practitioners = forms.ModelMultipleChoiceField(
        Practitioner.objects.none(),
        label=_("Who follows these hours?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = HoursTemplate
        fields = ("name_en", "name_ar", "first_day", "last_day", "keeps_days", "for_doors")
        widgets = {
            "name_en": forms.TextInput(attrs={"autocomplete": "off", "lang": "en", "dir": "ltr"}),
            "name_ar": forms.TextInput(attrs={"autocomplete": "off", "lang": "ar", "dir": "rtl"}),
        }

    def __init__(self, data: Any = None, *, instance: HoursTemplate) -> None:
        super().__init__(data, instance=instance)
        self.draft: Draft | None = None
        here = usual_people(instance.location)
        chosen = set(instance.uses.values_list("practitioner", flat=True)) if instance.pk else here
        people: Any = self.fields["practitioners"]
        people.queryset = Practitioner.objects.filter(pk__in=here | chosen)
        people.initial = list(chosen)
        hours = hours_of(instance)
        for weekday in WEEK:
            spans = [*hours.get(weekday, ()), *[(None, None)] * 2]
            for number in SPANS:
                for end, value in zip(("starts", "ends"), spans[number - 1], strict=True):
                    self.fields[name_of(weekday, number, end)] = time_of_day(weekday, end, value)

    @property
    def week(self) -> Iterator[dict[str, Any]]:
        """The rows of the week with their fields."""
        for weekday in WEEK:
            pairs = [
                (self[name_of(weekday, number, "starts")], self[name_of(weekday, number, "ends")]) for number in SPANS
            ]
            yield {
                "label": Weekday(weekday).label,
                "pairs": pairs,
                "errors": [fault for pair in pairs for field in pair for fault in field.errors],
            }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        hours = {weekday: spans for weekday in WEEK if (spans := self.spans(weekday))}
        if self.errors:
            return cleaned
        self.check_days()
        if not hours:
            raise ValidationError(_("Enter the hours of one day at least. To close the clinic, enter a closure."))
        people = [each.pk for each in cleaned["practitioners"]]
        if not people and not cleaned["for_doors"]:
            raise ValidationError({"practitioners": _("Choose who follows these hours.")})
        self.hours, self.people = hours, people
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            self.draft = Draft(self.instance, self.hours, self.people)

    def check_days(self) -> None:
        first, last = self.cleaned_data["first_day"], self.cleaned_data["last_day"]
        today = clock.local_day(clock.now(), self.instance.location.time_zone)
        if last < first:
            raise ValidationError({"last_day": _("The last day must not come before the first.")})
        if last < today:
            raise ValidationError({"last_day": _("This time is already over.")})
        if last - first > LONGEST or last - today > FARTHEST:
            raise ValidationError({"last_day": _("Special hours last a year at most.")})

    def spans(self, weekday: int) -> Sequence[Span]:
        found: list[Span] = []
        for number in SPANS:
            starts, ends = (self.cleaned_data.get(name_of(weekday, number, end)) for end in ("starts", "ends"))
            field = name_of(weekday, number, "starts")
            if starts is None and ends is None:
                continue
            if starts is None or ends is None:
                self.add_error(field, _("Enter both times, or neither."))
            elif ends <= starts:
                self.add_error(field, _("The end must come after the start."))
            elif found and starts < found[-1][1]:
                self.add_error(field, _("These hours overlap those before them."))
            else:
                found.append((starts, ends))
        return found


def name_of(weekday: int, number: int, end: str) -> str:
    return f"day{weekday}_{end}{number}"


def time_of_day(weekday: int, end: str, value: time | None) -> forms.TimeField:
    label = f"{Weekday(weekday).label}: {_('from') if end == 'starts' else _('until')}"
    attributes = {"type": "time", "dir": "ltr", "aria-label": label}
    return forms.TimeField(required=False, initial=value, widget=forms.TimeInput(format="%H:%M", attrs=attributes))


def usual_people(location: Location) -> set[int]:
    """Who works at `location` in most weeks."""
    rows = WorkingHours.objects.filter(location=location, practitioner__is_active=True)
    return set(rows.values_list("practitioner", flat=True))


def hours_of(template: HoursTemplate) -> Mapping[int, Sequence[Span]]:
    found: dict[int, list[Span]] = {}
    for row in template.hours.all() if template.pk else ():
        found.setdefault(row.weekday, []).append((row.starts, row.ends))
    return found


def seen_in(data: QueryDict) -> list[tuple[str, int]]:
    """The visits, with their revisions, that somebody had before their eyes when they sent the form."""
    found = []
    for value in data.getlist("seen"):
        reference, _dot, revision = value.partition(".")
        if revision.isascii() and revision.isdigit() and len(revision) < 10:
            found.append((reference, int(revision)))
    return found


def seen_value(visit: Appointment) -> str:
    return f"{visit.reference}.{visit.revision}"
