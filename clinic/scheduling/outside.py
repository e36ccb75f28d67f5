"""Which visits would lie outside of the hours, if a template were saved, or taken away."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from clinic.directory.models import HoursTemplate, Location
from clinic.directory.workdays import Draft, Span, Workdays
from clinic.lib import clock
from clinic.scheduling.absences.affected import WAITING
from clinic.scheduling.models import Appointment


def outside_of_draft(draft: Draft, *, now: datetime) -> list[Appointment]:
    """The visits to come that the hours of `draft` leave no room for: those of everybody who follows it, or followed it
    as it was saved, and of everybody where it changes the doors. Visits that lie outside already are among them.
    """
    template = draft.template
    saved = HoursTemplate.objects.filter(pk=template.pk).first() if template.pk else None
    spans = [(template.first_day, template.last_day), *([(saved.first_day, saved.last_day)] if saved else [])]
    people = set(draft.practitioners) | (people_of(saved) if saved else set())
    all_of_them = template.location.keeps_to_hours and (template.for_doors or bool(saved and saved.for_doors))
    return _outside(
        template.location, spans, None if all_of_them else people, draft=draft, without=template.pk, now=now
    )


def outside_without(template: HoursTemplate, *, now: datetime) -> list[Appointment]:
    """The visits to come that the usual hours would leave no room for, were `template` deleted."""
    all_of_them = template.location.keeps_to_hours and template.for_doors
    spans = [(template.first_day, template.last_day)]
    people = None if all_of_them else people_of(template)
    return _outside(template.location, spans, people, draft=None, without=template.pk, now=now)


def outside_of(template: HoursTemplate, *, now: datetime) -> list[Appointment]:
    """The visits that lie outside of the hours in the days of `template` as it is saved: what is left to work off."""
    all_of_them = template.location.keeps_to_hours and template.for_doors
    spans = [(template.first_day, template.last_day)]
    people = None if all_of_them else people_of(template)
    return _outside(template.location, spans, people, draft=None, without=None, now=now)


def people_of(template: HoursTemplate) -> set[int]:
    return set(template.uses.values_list("practitioner", flat=True))


def _outside(
    location: Location,
    spans: Collection[tuple[date, date]],
    people: Collection[int] | None,
    *,
    draft: Draft | None,
    without: int | None,
    now: datetime,
) -> list[Appointment]:
    first, last = min(begin for begin, _end in spans), max(end for _begin, end in spans)
    visits = visits_of(location, first, last, people, now=now)
    found = [
        visit
        for visit in visits
        if any(begin <= clock.local_day(visit.starts_at, location.time_zone) <= end for begin, end in spans)
    ]
    if not found:
        return []
    workdays = Workdays(location, first, last, draft=draft, without=without)
    return [visit for visit in found if not fits(visit, workdays)]


def visits_of(
    location: Location, first: date, last: date, people: Collection[int] | None, *, now: datetime
) -> QuerySet[Appointment]:
    begin, end = clock.day_bounds(first, location.time_zone)[0], clock.day_bounds(last, location.time_zone)[1]
    visits = Appointment.objects.filter(
        location=location, status__in=WAITING, starts_at__gte=begin, starts_at__lt=end, ends_at__gt=now
    )
    if people is not None:
        visits = visits.filter(practitioner__in=people)
    return visits.select_related("patient", "practitioner", "service", "location").order_by("starts_at", "pk")


def fits(visit: Appointment, workdays: Workdays) -> bool:
    zone = ZoneInfo(visit.location.time_zone)
    starts, ends = visit.starts_at.astimezone(zone), visit.ends_at.astimezone(zone)
    span: Span = (starts.time(), ends.time())
    hours = workdays.of(visit.practitioner_id, starts.date())
    return ends.date() == starts.date() and any(begin <= span[0] and span[1] <= end for begin, end in hours)
