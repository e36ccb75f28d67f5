"""Free times as pieces of other pages, fetched by static/js/times.js.

The pages of doctors and services are stored for everybody; what is free changes with every booking and stands
only here, where nothing is stored.
"""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from clinic.booking.choices import SLUG, practitioner_or_404, read_day
from clinic.booking.privacy import personal
from clinic.booking.profiles import opening_of
from clinic.booking.rules import DOCTORS_ASKED_AT_ONCE
from clinic.booking.search import Search, places_of
from clinic.booking.timetable import timetable
from clinic.directory.models import Practitioner, Service
from clinic.directory.queries import listed_practitioners, open_locations, public_services, with_hours_and_services
from clinic.lib import clock
from clinic.scheduling import availability


@personal
@require_safe
def doctor_times(request: HttpRequest, slug: str) -> HttpResponse:
    """A week of one doctor's free times, for `?service=` from `?from=` on, in HTML without a frame.

    A service that the doctor does not offer is answered with the first one offered, and what is no day with today.
    """
    known = practitioner_or_404(slug)
    person = with_hours_and_services(Practitioner.objects.filter(pk=known.pk), today=clock.now().date()).get()
    services = list(person.services.all())
    wanted = request.GET.get("service")
    service = next((each for each in services if each.slug == wanted), services[0] if services else None)
    context = {"doctor": person, "services": services, "service": service, "table": None}
    if service:
        try:
            first_day = read_day(request.GET.get("from", ""))
        except Http404:
            first_day = None
        context |= {
            "table": timetable(Search(service, [person]), first_day=first_day),
            "places": places_of([person]),
            "here": f"{reverse('booking:times', args=[service.slug])}?doctor={person.slug}&",
            "month_url": f"{reverse('booking:month', args=[service.slug])}?doctor={person.slug}&",
        }
    return render(request, "booking/parts/doctor_times.html", context)


@personal
@require_safe
def next_free(request: HttpRequest) -> HttpResponse:
    """When each `?doctor=` is free next, for `service` and at `location` if they are known.

    A JSON object: the sentence in HTML by the doctor's slug. Whoever is not listed is left out.
    """
    wanted = [slug for slug in request.GET.getlist("doctor")[:DOCTORS_ASKED_AT_ONCE] if SLUG.fullmatch(slug)]
    people = list(with_hours_and_services(listed_practitioners().filter(slug__in=wanted), today=clock.now().date()))
    places = {place.pk: place for place in open_locations()}
    location = next((pk for pk, place in places.items() if place.slug == request.GET.get("location")), None)
    free = availability.next_free(
        service=known_service(request.GET.get("service", "")),
        practitioners=[each.pk for each in people],
        location=location,
    )
    sentences = {}
    for each in people:
        opening = opening_of(each, free.get(each.pk), places)
        sentences[each.slug] = render_to_string("booking/parts/next_free.html", {"opening": opening}).strip()
    return JsonResponse(sentences)


def known_service(slug: str) -> Service | None:
    return public_services().filter(slug=slug).first() if SLUG.fullmatch(slug) else None
