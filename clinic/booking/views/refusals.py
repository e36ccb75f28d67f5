"""Pages that say no: in words, with what to do now, and without telling a stranger anything."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic.booking.choices import Choice
from clinic.booking.rules import NEAREST_TIMES
from clinic.booking.search import Offer, offer_of
from clinic.directory.queries import open_locations, practitioners_offering
from clinic.scheduling.availability import nearest_free


def taken(
    request: HttpRequest,
    choice: Choice,
    *,
    message: str | Promise = "",
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    """409: the time is gone. Offers the nearest free ones; with `typed`, each button books with what was typed."""
    context = {
        "noindex": True,
        "choice": choice,
        "message": message or _("This time is not free any more."),
        "offers": nearest_offers(choice),
        "typed": dict(typed or {}),
    }
    return render(request, "booking/taken.html", context, status=409)


def nearest_offers(choice: Choice) -> list[Offer]:
    """Free times around the chosen one, of the same practitioner first."""
    known = {each.pk: each for each in practitioners_offering(choice.service)}
    places = {each.pk: each for each in open_locations()}
    slots = nearest_free(
        service=choice.service,
        practitioner_id=choice.practitioner.pk,
        location_id=choice.location.pk,
        around=choice.starts_at,
        count=NEAREST_TIMES,
    )
    return [
        offer_of(known[slot.practitioner_id], places[slot.location_id], slot.starts_at)
        for slot in slots
        if slot.practitioner_id in known and slot.location_id in places
    ]


def broken_link(request: HttpRequest, *, expired: bool) -> HttpResponse:
    """404 for a link that nobody signed, 410 for one whose time is over: whom to call, and nothing else."""
    context: dict[str, Any] = {"noindex": True, "fault": True, "expired": expired, "locations": open_locations()}
    return render(request, "booking/broken_link.html", context, status=410 if expired else 404)


def forged(request: HttpRequest) -> HttpResponse:
    active = get_language() or settings.LANGUAGE_CODE
    languages = sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != active)
    return render(request, "booking/forged.html", {"noindex": True, "fault": True, "languages": languages}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW` of the whole site: what a person can do about it, in both languages."""
    return forged(request)
