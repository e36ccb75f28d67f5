"""What visitors may find: practitioners, services and locations that are open to them. Reads only."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from clinic.directory.models import (
    Closure,
    HoursTemplate,
    Location,
    Practitioner,
    Service,
    Specialty,
    WorkingHours,
)
from clinic.lib.arabic import for_search


def open_locations() -> QuerySet[Location]:
    return Location.objects.filter(is_active=True)


def public_services() -> QuerySet[Service]:
    return Service.objects.filter(is_public=True).select_related("specialty").order_by("specialty", "sort_order", "pk")


def listed_practitioners() -> QuerySet[Practitioner]:
    """Those whom visitors may see. Which of them can be booked depends on their services."""
    return Practitioner.objects.filter(is_active=True).order_by("sort_order", "pk")


def offered_specialties() -> QuerySet[Specialty]:
    """Specialties of at least one listed practitioner: a filter never leads nowhere."""
    return Specialty.objects.filter(practitioners__is_active=True).distinct()


def with_hours(practitioners: QuerySet[Practitioner], *, today: date) -> QuerySet[Practitioner]:
    """`practitioners`, whose `working_hours` hold only those in force today or later at open locations."""
    in_force = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    hours = WorkingHours.objects.filter(in_force, location__is_active=True).select_related("location")
    return practitioners.prefetch_related(
        Prefetch("working_hours", queryset=hours.order_by("location__sort_order", "location", "weekday", "starts"))
    )


def with_hours_and_services(practitioners: QuerySet[Practitioner], *, today: date) -> QuerySet[Practitioner]:
    """`practitioners` with what their free times need; `services` holds only public ones."""
    services = Prefetch("services", queryset=public_services())
    return with_hours(practitioners, today=today).prefetch_related(services)


def with_whereabouts(practitioners: QuerySet[Practitioner], *, today: date) -> QuerySet[Practitioner]:
    """`practitioners` with their hours and all else that a card shows, in a constant number of queries.

    `services` holds only public ones.
    """
    return (
        with_hours_and_services(practitioners, today=today)
        .select_related("portrait")
        .prefetch_related("portrait__renditions", "specialties")
    )


def find_practitioners(
    *,
    specialty: Specialty | None = None,
    service: Service | None = None,
    location: Location | None = None,
    language: str = "",
    gender: str = "",
    text: str = "",
    today: date,
) -> QuerySet[Practitioner]:
    """Listed practitioners who fit everything that is given.

    `text` is looked for in names of both scripts, folded as people type Arabic; each word must occur.
    """
    found = listed_practitioners()
    if specialty:
        found = found.filter(specialties=specialty)
    if service:
        found = found.filter(services=service)
    if language:
        found = found.filter(languages__contains=[language])
    if gender:
        found = found.filter(gender=gender)
    if location:
        found = found.filter(pk__in=working_at(location, today=today))
    if text:
        found = found.filter(pk__in=named(text))
    return found


def working_at(location: Location, *, today: date) -> QuerySet[WorkingHours, int]:
    in_force = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    return WorkingHours.objects.filter(in_force, location=location).values_list("practitioner_id", flat=True)


def named(text: str) -> list[int]:
    """The listed practitioners in whose name or specialties each word of `text` occurs.

    Folded here rather than in the database: a clinic has hundreds of practitioners, not millions, and the
    folding of Arabic stays in one place.
    """
    words = for_search(text).split()
    names: dict[int, str] = {}
    columns = ("name_en", "name_ar", "title_en", "title_ar", "specialties__name_en", "specialties__name_ar")
    for pk, *texts in listed_practitioners().values_list("pk", *columns):
        names[pk] = " ".join([names.get(pk, ""), *filter(None, texts)])
    return [pk for pk, name in names.items() if all(word in for_search(name) for word in words)]


def practitioners_offering(service: Service) -> QuerySet[Practitioner]:
    """The listed practitioners who offer `service`."""
    return listed_practitioners().filter(services=service)


def closures_between(first: date, last: date) -> list[Closure]:
    return list(Closure.objects.filter(first_day__lte=last, last_day__gte=first))


def door_hours_between(first: date, last: date) -> list[HoursTemplate]:
    """The special opening hours of all locations that touch these days, with their week, in order. Two queries."""
    templates = HoursTemplate.objects.filter(for_doors=True, first_day__lte=last, last_day__gte=first)
    return list(templates.order_by("first_day").prefetch_related("hours"))
