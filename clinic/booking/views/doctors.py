"""Finding a doctor."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clinic.booking.choices import practitioner_or_404
from clinic.booking.forms import DoctorFilters
from clinic.booking.profiles import card_of, hours_by_location
from clinic.booking.rules import DOCTORS_ON_A_PAGE
from clinic.booking.shells import behind_its_page, shell_of
from clinic.directory.enums import Gender, Language
from clinic.directory.models import Practitioner
from clinic.directory.queries import find_practitioners, offered_specialties, open_locations, with_whereabouts
from clinic.lib import clock
from clinic.lib.enumeration import listed
from clinic.lib.variants import is_variant


@require_safe
@behind_its_page("doctors")
def doctors(request: HttpRequest, *, shell: Any = None) -> HttpResponse:
    """The doctors who fit the filters of the query. `shell` is an unpublished page about the list, in a preview."""
    shell = shell or shell_of("doctors")
    locations = list(open_locations())
    form = DoctorFilters(request.GET, specialties=list(offered_specialties()), locations=locations)
    today = clock.now().date()
    found = Practitioner.objects.none()
    wanted = {}
    if form.is_valid():
        wanted = form.cleaned_data
        found = with_whereabouts(
            find_practitioners(
                specialty=wanted["specialty"],
                location=wanted["location"],
                language=wanted["language"],
                gender=wanted["gender"],
                text=wanted["q"],
                today=today,
            ),
            today=today,
        )
    page = Paginator(found, DOCTORS_ON_A_PAGE).get_page(request.GET.get("page"))
    if request.GET.get("page", "1") == str(page.number):
        is_variant(request, "page", *wanted)
    people = list(page)
    location = wanted.get("location")
    context = {
        "description": _("Find a doctor by specialty, language or location, see the next free time and book online."),
        "form": form,
        "results": page,
        "cards": [card_of(each) for each in people],
        "wanted": wanted,
        "next_free": f"{reverse('booking:next_free')}{f'?location={location.slug}' if location else ''}",
        "wanted_words": listed(words_for(wanted)),
        "is_filtered": any(wanted.values()) or not form.is_valid(),
        "query": query_without_page(request),
        "shell": shell,
    }
    return render(request, "booking/doctors.html", context, status=200 if form.is_valid() else 422)


def words_for(wanted: Mapping[str, Any]) -> list[str]:
    """The filters in words, for the heading and the title of the page."""
    words = [wanted[name].name for name in ("specialty", "location") if wanted.get(name)]
    if wanted.get("language"):
        words.append(str(Language(wanted["language"]).label))
    if wanted.get("gender"):
        words.append(str(Gender(wanted["gender"]).label))
    return [*words, *([f"“{wanted['q']}”"] if wanted.get("q") else [])]


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
