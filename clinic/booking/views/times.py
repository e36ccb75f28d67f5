"""Choosing a time, and keeping it for a few minutes."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from clinic.booking import months
from clinic.booking.choices import choice_or_404, read_day, service_or_404
from clinic.booking.holds import hold_token, let_go
from clinic.booking.steps import steps
from clinic.booking.timetable import timetable
from clinic.booking.views.refusals import forged, taken
from clinic.booking.views.wanted import Wanted, wanted_or_404
from clinic.booking.visitors import comes_from_elsewhere
from clinic.lib.visitors import holder_of
from clinic.scheduling.actions import BookingRefused, hold_time

# Reasons why a time cannot be kept although it can still be booked.
WITHOUT_HOLD = {"limit", "busy"}


@require_safe
@cache_control(no_cache=True)
def times(request: HttpRequest, slug: str) -> HttpResponse:
    """A week of free times from `?from=` on. What else the query may hold: `views.wanted`."""
    wanted = wanted_or_404(request, slug)
    table = timetable(wanted.search, first_day=read_day(request.GET.get("from", "")))
    context = {**choosing(wanted, "times"), "table": table, "here": wanted.address("times")}
    return render(request, "booking/times.html", context)


@require_safe
@cache_control(no_cache=True)
def month(request: HttpRequest, slug: str) -> HttpResponse:
    """The month of the day `?from=`, with how much is free on each day."""
    wanted = wanted_or_404(request, slug)
    found = months.month(wanted.search, first_day=read_day(request.GET.get("from", "")))
    context = {**choosing(wanted, "month", day=found.first_day), "month": found, "here": wanted.address("month")}
    return render(request, "booking/month.html", context)


@require_safe
@cache_control(no_cache=True)
def day(request: HttpRequest, slug: str) -> HttpResponse:
    """The times of the day `?from=`, by part of day."""
    wanted = wanted_or_404(request, slug)
    found = months.day_times(wanted.search, day=read_day(request.GET.get("from", "")))
    context = {**choosing(wanted, "day", day=found.day.day), "times": found, "here": wanted.address("day")}
    return render(request, "booking/day.html", context)


def choosing(wanted: Wanted, view: str, *, day: date | None = None) -> dict[str, Any]:
    """What the pages of free times have in common; `day` is kept when the filters change."""
    return {
        "description": wanted.service.summary,
        "noindex": view != "times",
        "service": wanted.service,
        "wanted": wanted,
        "view": view,
        "action": reverse(f"booking:{view}", args=[wanted.service.slug]),
        "kept_day": day,
        "times_url": wanted.address("times"),
        "month_url": wanted.address("month"),
        "day_url": wanted.address("day"),
        "steps": steps(2),
        "hold_token": wanted.token,
    }


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
