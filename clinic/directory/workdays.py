"""Who works at a location on which days, told day by day. Free times are found elsewhere, by one query."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from clinic.directory.models import (
    ExtraHours,
    HoursTemplate,
    Location,
    OpeningHours,
    TemplateHours,
    TemplateUse,
    WorkingHours,
)

Span = tuple[time, time]


@dataclass(frozen=True, slots=True)
class Draft:
    """A template as it would be: its `hours` by weekday, and the ids of the `practitioners` who would follow it."""

    template: HoursTemplate
    hours: Mapping[int, Sequence[Span]]
    practitioners: Collection[int]

    def covers(self, day: date) -> bool:
        return self.template.first_day <= day <= self.template.last_day


class Workdays:
    """The hours at `location` from `first_day` to `last_day`, both included: weekly, of templates, and extra ones.

    They lie within the opening hours where the location asks for that. Closures are left aside. With a `draft` they
    are as if it were saved; `without` is a template to leave aside, by id. `with_doors` reads the opening hours in any
    case. Five queries at most.
    """

    def __init__(
        self,
        location: Location,
        first_day: date,
        last_day: date,
        *,
        draft: Draft | None = None,
        without: int | None = None,
        with_doors: bool = False,
    ) -> None:
        self.location, self.first_day, self.last_day, self.draft = location, first_day, last_day, draft
        self.weekly: dict[tuple[int, int], list[WorkingHours]] = defaultdict(list)
        for row in WorkingHours.objects.filter(location=location):
            self.weekly[row.practitioner_id, row.weekday].append(row)
        self.extra: dict[tuple[int, date], list[Span]] = defaultdict(list)
        for extra in ExtraHours.objects.filter(location=location, day__range=(first_day, last_day)):
            self.extra[extra.practitioner_id, extra.day].append((extra.starts, extra.ends))
        self.drafts = self._drafts(without)
        self.doors: dict[int, list[Span]] = defaultdict(list)
        if location.keeps_to_hours or with_doors:
            for opening in OpeningHours.objects.filter(location=location):
                self.doors[opening.weekday].append((opening.starts, opening.ends))

    def _drafts(self, without: int | None) -> list[Draft]:
        """Each template of these days, and the draft."""
        templates = HoursTemplate.objects.filter(
            location=self.location, first_day__lte=self.last_day, last_day__gte=self.first_day
        )
        if without is not None:
            templates = templates.exclude(pk=without)
        known = {template.pk: template for template in templates}
        hours: dict[int, dict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
        people: dict[int, set[int]] = defaultdict(set)
        if known:
            for row in TemplateHours.objects.filter(template__in=known):
                hours[row.template_id][row.weekday].append((row.starts, row.ends))
            for use in TemplateUse.objects.filter(template__in=known):
                people[use.template_id].add(use.practitioner_id)
        found = [Draft(template, hours[pk], people[pk]) for pk, template in known.items()]
        return [*([self.draft] if self.draft else []), *found]

    @property
    def practitioners(self) -> set[int]:
        """Everybody who may have hours here."""
        weekly, extra = {person for person, _weekday in self.weekly}, {person for person, _day in self.extra}
        return weekly | extra | {person for draft in self.drafts for person in draft.practitioners}

    def of(self, practitioner: int, day: date) -> list[Span]:
        """The hours of one day, in order; those that touch or overlap are one."""
        usual = [
            row
            for row in self.weekly.get((practitioner, day.isoweekday()), ())
            if (row.valid_from or day) <= day <= (row.valid_until or day)
        ]
        draft = next((each for each in self.drafts if each.covers(day) and practitioner in each.practitioners), None)
        spans = [(row.starts, row.ends) for row in usual]
        if draft:
            works = usual or not draft.template.keeps_days
            spans = list(draft.hours.get(day.isoweekday(), ())) if works else []
        spans += self.extra.get((practitioner, day), ())
        return joined(self.within_doors(spans, day))

    def within_doors(self, spans: Iterable[Span], day: date) -> list[Span]:
        if not self.location.keeps_to_hours:
            return list(spans)
        doors = self.doors_on(day)
        cut = [(max(starts, opens), min(ends, closes)) for starts, ends in spans for opens, closes in doors]
        return [(starts, ends) for starts, ends in cut if starts < ends]

    def doors_on(self, day: date) -> list[Span]:
        """The opening hours of one day, of a template where there is one; in order."""
        template = next((each for each in self.drafts if each.covers(day) and each.template.for_doors), None)
        return joined((template.hours if template else self.doors).get(day.isoweekday(), ()))


def joined(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for starts, ends in sorted(spans):
        if found and starts <= found[-1][1]:
            found[-1] = (found[-1][0], max(ends, found[-1][1]))
        else:
            found.append((starts, ends))
    return found
