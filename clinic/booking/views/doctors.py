"""Finding a doctor."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clinic.booking.choices import practitioner_or_404
from clinic.booking.forms import SOONEST, DoctorFilters
from clinic.booking.profiles import Card, card_of, hours_by_location, opening_of
from clinic.booking.rules import DOCTORS_ON_A_PAGE
from clinic.booking.shells import behind_its_page, shell_of
from clinic.directory.enums import Gender, Language
from clinic.directory.models import Practitioner
from clinic.directory.queries import (
    find_practitioners,
    offered_specialties,
    open_locations,
    public_services,
    with_whereabouts,
)
from clinic.lib import clock
from clinic.lib.enumeration import listed
from clinic.lib.unstored import unstored
from clinic.lib.variants import is_variant
from clinic.scheduling import availability

NEVER = datetime.max.replace(tzinfo=UTC)


@require_safe
@behind_its_page("doctors")
def doctors(request: HttpRequest, *, shell: Any = None) -> HttpResponse:
    """The doctors who fit the filters of the query. `shell` is an unpublished page about the list, in a preview.

    By `order=soonest` each card says when the doctor is free, and no cache may keep the page.
    """
    shell = shell or shell_of("doctors")
    form = DoctorFilters(
        request.GET,
        specialties=list(offered_specialties()),
        services=list(public_services()),
        locations=list(open_locations()),
    )
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    page, cards = listing(wanted, request.GET.get("page"))
    if request.GET.get("page", "1") == str(page.number):
        is_variant(request, "page", *wanted)
    context = {
        "description": _("Find a doctor by specialty, language or location, see the next free time and book online."),
        "form": form,
        "results": page,
        "cards": cards,
        "wanted": wanted,
        "service": wanted.get("service"),
        "next_free": next_free_url(wanted),
        "wanted_words": listed(words_for(wanted).values()),
        "without": [(words, without(request, name)) for name, words in words_for(wanted).items()],
        "is_filtered": any(wanted.values()) or not form.is_valid(),
        "query": query_without_page(request),
        "shell": shell,
    }
    response = render(request, "booking/doctors.html", context, status=200 if form.is_valid() else 422)
    return unstored(request, response) if wanted.get("order") else response


def listing(wanted: Mapping[str, Any], number: str | None) -> tuple[Page[Practitioner], list[Card]]:
    """A page of those who fit, and their cards. Nobody fits filters that are not known."""
    today = clock.now().date()
    if not wanted:
        page: Page[Practitioner] = Paginator(Practitioner.objects.none(), DOCTORS_ON_A_PAGE).get_page(number)
        return page, []
    found = find_practitioners(
        specialty=wanted["specialty"],
        service=wanted["service"],
        location=wanted["location"],
        language=wanted["language"],
        gender=wanted["gender"],
        text=wanted["q"],
        today=today,
    )
    if wanted["order"] != SOONEST:
        page = Paginator(with_whereabouts(found, today=today), DOCTORS_ON_A_PAGE).get_page(number)
        return page, [card_of(each) for each in page]
    location = wanted["location"]
    known = list(found.distinct())
    free = availability.next_free(
        service=wanted["service"],
        practitioners=[each.pk for each in known],
        location=location.pk if location else None,
    )
    known.sort(key=lambda each: free[each.pk].starts_at if each.pk in free else NEVER)
    page = Paginator(known, DOCTORS_ON_A_PAGE).get_page(number)
    shown = with_whereabouts(Practitioner.objects.filter(pk__in=[each.pk for each in page]), today=today).in_bulk()
    places = {place.pk: place for place in open_locations()}
    return page, [
        card_of(person, opening=opening_of(person, free.get(person.pk), places))
        for person in (shown[each.pk] for each in page)
    ]


def next_free_url(wanted: Mapping[str, Any]) -> str:
    """Where the script of the list asks when each doctor is free."""
    narrowed = {name: wanted[name].slug for name in ("service", "location") if wanted.get(name)}
    return f"{reverse('booking:next_free')}{'?' if narrowed else ''}{urlencode(narrowed)}"


def without(request: HttpRequest, name: str) -> str:
    """This list with one filter less."""
    query = request.GET.copy()
    for each in (name, "page"):
        query.pop(each, None)
    return f"{reverse('booking:doctors')}?{query.urlencode()}"


def words_for(wanted: Mapping[str, Any]) -> dict[str, str]:
    """The filters in words, for the heading and the title of the page, by the name of the filter."""
    words = {name: wanted[name].name for name in ("specialty", "service", "location") if wanted.get(name)}
    if wanted.get("language"):
        words["language"] = str(Language(wanted["language"]).label)
    if wanted.get("gender"):
        words["gender"] = str(Gender(wanted["gender"]).label)
    return words | ({"q": f"“{wanted['q']}”"} if wanted.get("q") else {})


def query_without_page(request: HttpRequest) -> str:
    """The filters as a query that a page number is added to: "specialty=dermatology&"."""
    query = request.GET.copy()
    query.pop("page", None)
    for name in [name for name, value in query.items() if not value]:
        del query[name]
    return f"{query.urlencode()}&" if query else ""


@require_safe
@behind_its_page("doctors")
def doctor(request: HttpRequest, slug: str, *, shell: Any = None) -> HttpResponse:
    """One doctor. The free times come from `doctor_times`, so that this page can be stored."""
    known = practitioner_or_404(slug)
    today = clock.now().date()
    person = with_whereabouts(Practitioner.objects.filter(pk=known.pk), today=today).get()
    services = list(person.services.all())
    context = {
        "description": listed([person.name, *filter(None, [person.title])]),
        "doctor": person,
        "shell": shell or shell_of("doctors", slug),
        "card": card_of(person),
        "services": services,
        "hours": hours_by_location(person),
        "crumbs": [{"title": _("Doctors"), "url": reverse("booking:doctors")}, {"title": person.name, "url": ""}],
    }
    return render(request, "booking/doctor.html", context)
