"""Another time for a visit, behind a signed link. The old time is given up only when the new one is taken."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.booking.choices import Choice, choice_or_404, read_day
from clinic.booking.floods import BOOKINGS
from clinic.booking.privacy import personal
from clinic.booking.search import Search, places_of
from clinic.booking.timetable import timetable
from clinic.booking.views.details import is_free
from clinic.booking.views.refusals import broken_link, nearest_offers
from clinic.booking.views.times import see_other
from clinic.booking.views.visits import as_seen, opened, told
from clinic.directory.queries import practitioners_offering, with_hours
from clinic.lib import clock
from clinic.scheduling.actions import BookingRefused, ChangeRefused, move_appointment
from clinic.scheduling.links import LinkExpired, LinkInvalid, LinkPurpose, view_token
from clinic.scheduling.models import Appointment
from clinic.scheduling.rules import can_move_online

ANYONE = "anyone"


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows free times, or with `slot` asks whether to take that one; POST with `slot` and `revision` moves."""
    try:
        appointment = opened(token, LinkPurpose.MOVE)
    except (LinkExpired, LinkInvalid) as fault:
        return broken_link(request, expired=isinstance(fault, LinkExpired))
    data = request.POST if request.method == "POST" else request.GET
    choice = choice_or_404(appointment.service, data) if request.method == "POST" or "slot" in data else None
    if choice is not None and stands(appointment, choice):
        return moved_page(appointment)  # the button was pressed twice
    if not can_move_online(appointment, clock.now()):
        return times(request, appointment, token, status=409 if request.method == "POST" else 200)
    if choice is None:
        return times(request, appointment, token)
    return (take if request.method == "POST" else ask)(request, appointment, token, choice)


def ask(request: HttpRequest, appointment: Appointment, token: str, choice: Choice) -> HttpResponse:
    if not is_free(choice):
        return question(request, appointment, token, choice, refused=BookingRefused("taken").message, status=409)
    return question(request, appointment, token, choice)


def take(request: HttpRequest, appointment: Appointment, token: str, choice: Choice) -> HttpResponse:
    if BOOKINGS.is_reached(request):
        return question(request, appointment, token, choice, refused=BookingRefused("busy").message, status=429)
    try:
        moved = move_appointment(
            appointment=as_seen(appointment, request.POST.get("revision", "")),
            starts_at=choice.starts_at,
            practitioner=choice.practitioner,
            location=choice.location,
            by=None,
            enforce_cutoff=True,
        )
    except BookingRefused as refusal:
        appointment.refresh_from_db()
        return question(request, appointment, token, choice, refused=refusal.message, status=409)
    except ChangeRefused as refusal:
        return times(request, opened(token, LinkPurpose.MOVE), token, refused=refusal.message, status=409)
    BOOKINGS.count(request)
    return moved_page(moved)


def stands(appointment: Appointment, choice: Choice) -> bool:
    """Whether the visit is already where it is asked to go."""
    return (appointment.practitioner, appointment.location, appointment.starts_at) == (
        choice.practitioner,
        choice.location,
        choice.starts_at,
    )


def moved_page(appointment: Appointment) -> HttpResponse:
    return see_other(f"{reverse('booking:visit', args=[view_token(appointment)])}?moved=1")


def times(
    request: HttpRequest, appointment: Appointment, token: str, *, refused: str | Promise = "", status: int = 200
) -> HttpResponse:
    """The visit as it stands, and free times: of the same doctor unless `?doctor=` says otherwise."""
    context: dict[str, Any] = {**told(appointment), "refused": refused}
    if context["can_move"]:
        context |= free_times(request, appointment, token)
    return render(request, "booking/move.html", context, status=status)


def free_times(request: HttpRequest, appointment: Appointment, token: str) -> dict[str, Any]:
    service = appointment.service
    people = list(with_hours(practitioners_offering(service), today=clock.now().date()))
    places = places_of(people)
    wanted = request.GET.get("doctor", appointment.practitioner.slug)
    doctor = next((each for each in people if each.slug == wanted), None)
    location = next((each for each in places if each.slug == request.GET.get("location", "")), None)
    address = reverse("booking:move", args=[token])
    chosen = {"doctor": doctor.slug if doctor else ANYONE, "location": location.slug if location else ""}
    return {
        "service": service,
        "doctors": people,
        "locations": places,
        "doctor": doctor,
        "place": location,
        "anyone": ANYONE,
        "address": address,
        "here": f"{address}?{urlencode({name: value for name, value in chosen.items() if value})}&",
        "table": timetable(
            Search(service, [doctor] if doctor else people, location),
            first_day=read_day(request.GET.get("from", "")),
        ),
    }


def question(
    request: HttpRequest,
    appointment: Appointment,
    token: str,
    choice: Choice,
    *,
    refused: str | Promise = "",
    status: int = 200,
) -> HttpResponse:
    """Whether to give up the old time for the chosen one; when that is `refused`, the nearest others."""
    address = reverse("booking:move", args=[token])
    context = {
        **told(appointment),
        "choice": choice,
        "slot": "~".join(choice.fields.values()),
        "address": address,
        "others": f"{address}?{urlencode({'doctor': choice.practitioner.slug})}",
        "refused": refused,
        "offers": nearest_offers(choice) if refused else [],
        "title": _("This time is gone") if refused else _("Move your visit?"),
    }
    return render(request, "booking/move_to.html", context, status=status)
