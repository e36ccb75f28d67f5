"""Choosing a time, and keeping it for a few minutes."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from clinic.booking.choices import choice_or_404, location_or_404, read_day, service_or_404
from clinic.booking.holds import choice_of, find_hold, hold_token, let_go
from clinic.booking.steps import steps
from clinic.booking.timetable import places_of, timetable
from clinic.booking.views.refusals import forged, taken
from clinic.booking.visitors import comes_from_elsewhere
from clinic.directory.models import Location, Practitioner, Service
from clinic.directory.queries import practitioners_offering, with_hours
from clinic.lib import clock
from clinic.lib.visitors import holder_of
from clinic.scheduling.actions import BookingRefused, hold_time

# Reasons why a time cannot be kept although it can still be booked.
WITHOUT_HOLD = {"limit", "busy"}


@require_safe
@cache_control(no_cache=True)
def times(request: HttpRequest, slug: str) -> HttpResponse:
    """A week of free times, of everyone who offers the service or of `?doctor=`, anywhere or at `?location=`."""
    service = service_or_404(slug)
    people = list(with_hours(practitioners_offering(service), today=clock.now().date()))
    places = places_of(people)
    wanted_doctor, wanted_place = request.GET.get("doctor", ""), request.GET.get("location", "")
    doctor = next((each for each in people if each.slug == wanted_doctor), None)
    location = next((each for each in places if each.slug == wanted_place), None)
    if wanted_doctor and doctor is None:
        raise Http404
    if wanted_place and location is None:
        location = location_or_404(wanted_place)
    first_day = read_day(request.GET.get("from", ""))
    token = request.GET.get("hold", "")
    hold = find_hold(token) if token else None
    context = {
        "description": service.summary,
        "service": service,
        "doctors": people,
        "locations": places,
        "doctor": doctor,
        "location": location,
        "table": timetable(
            service=service, practitioners=[doctor] if doctor else people, location=location, first_day=first_day
        ),
        "steps": steps(2),
        "here": here(service, doctor=doctor, location=location, token=token if hold else ""),
        "hold": hold,
        "hold_token": token if hold else "",
        "held_url": choice_of(hold).details_url(hold=token) if hold else "",
    }
    return render(request, "booking/times.html", context)


def here(service: Service, *, doctor: Practitioner | None, location: Location | None, token: str) -> str:
    """The address of this page with its filters, ready for one more parameter."""
    chosen = {"doctor": doctor and doctor.slug, "location": location and location.slug, "hold": token}
    query = urlencode({name: value for name, value in chosen.items() if value})
    return f"{reverse('booking:times', args=[service.slug])}?{query}{'&' if query else ''}"


@csrf_exempt  # see comes_from_elsewhere
@require_POST
def hold(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the chosen time for ten minutes and go on to the details."""
    if comes_from_elsewhere(request):
        return forged(request)
    choice = choice_or_404(service_or_404(slug), request.POST)
    let_go(request.POST.get("hold", ""))
    try:
        kept = hold_time(
            service=choice.service,
            practitioner=choice.practitioner,
            location=choice.location,
            starts_at=choice.starts_at,
            holder=holder_of(request),
        )
    except BookingRefused as refusal:
        if refusal.code in WITHOUT_HOLD:
            return see_other(choice.details_url())
        return taken(request, choice, message=refusal.message)
    return see_other(choice.details_url(hold=hold_token(kept)))


def see_other(url: str) -> HttpResponseRedirect:
    """303: the browser gets `url`, whatever method it used here."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
