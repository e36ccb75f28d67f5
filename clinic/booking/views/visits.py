"""The visit behind a signed link: look at it, put it into a calendar, cancel it."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from clinic.booking.privacy import personal
from clinic.booking.views.refusals import broken_link
from clinic.booking.views.times import see_other
from clinic.lib import clock
from clinic.scheduling.actions import ChangeRefused, cancel_appointment
from clinic.scheduling.calendars import CalendarMethod, calendar_for
from clinic.scheduling.enums import AppointmentStatus, Ending
from clinic.scheduling.links import LinkExpired, LinkInvalid, LinkPurpose, read_token
from clinic.scheduling.models import Appointment
from clinic.scheduling.rules import can_cancel_online, can_confirm, can_move_online, last_moment_to_cancel
from clinic.scheduling.waiting import place_in_line

REVISION = re.compile(r"\d{1,9}", re.ASCII)


@personal
@require_safe
def visit(request: HttpRequest, token: str) -> HttpResponse:
    """The visit as it stands now: right after booking, and whenever the link in the mail is followed."""
    try:
        appointment = opened(token, LinkPurpose.VIEW)
    except (LinkExpired, LinkInvalid) as fault:
        return broken_link(request, expired=isinstance(fault, LinkExpired))
    context = {**told(appointment), "token": token, "just_moved": "moved" in request.GET}
    context["place"] = place_in_line(appointment, now=clock.now())
    return render(request, "booking/visit.html", context)


@personal
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The visit as a calendar file."""
    try:
        appointment = opened(token, LinkPurpose.VIEW)
    except (LinkExpired, LinkInvalid) as fault:
        return broken_link(request, expired=isinstance(fault, LinkExpired))
    file = calendar_for(appointment, CalendarMethod.PUBLISH)
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response["Content-Disposition"] = 'attachment; filename="visit.ics"'
    return response


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST cancels: a mail scanner that follows the link changes nothing."""
    try:
        appointment = opened(token, LinkPurpose.CANCEL)
    except (LinkExpired, LinkInvalid) as fault:
        return broken_link(request, expired=isinstance(fault, LinkExpired))
    if request.method == "POST" and appointment.status != AppointmentStatus.CANCELLED:
        reason = " ".join(request.POST.get("reason", "").replace("\0", "").split())[:300]
        try:
            cancel_appointment(appointment=appointment, by=None, reason=reason, enforce_cutoff=True)
        except ChangeRefused as refusal:
            context = {**told(appointment), "refused": refusal.message, "can_cancel": False}
            return render(request, "booking/cancel.html", context, status=409)
        return see_other(reverse("booking:cancel", args=[token]))
    return render(request, "booking/cancel.html", told(appointment))


def opened(token: str, purpose: LinkPurpose) -> Appointment:
    """The visit of `token`. Raises `LinkInvalid` or `LinkExpired`."""
    reference = read_token(token, purpose)
    known = Appointment.objects.select_related("service", "practitioner", "location")
    return known.get(reference=reference)


def as_seen(appointment: Appointment, revision: str) -> Appointment:
    """`appointment` as the page that was sent had shown it; what is no revision is that of no visit."""
    appointment.revision = int(revision) if REVISION.fullmatch(revision) else -1
    return appointment


def told(appointment: Appointment) -> dict[str, Any]:
    """What the pages of a visit show."""
    now = clock.now()
    return {
        "noindex": True,
        "appointment": appointment,
        "location": appointment.location,
        "is_cancelled": appointment.status == AppointmentStatus.CANCELLED,
        "is_waiting": appointment.status == AppointmentStatus.PENDING,
        "ending": appointment.ending,
        "reason": appointment.cancel_reason if appointment.ending == Ending.REFUSED else "",
        "is_over": appointment.ends_at <= now,
        "is_confirmed": appointment.confirmed_at is not None,
        "can_confirm": can_confirm(appointment, now),
        "can_move": can_move_online(appointment, now),
        "can_cancel": can_cancel_online(appointment, now),
        "cancel_until": last_moment_to_cancel(appointment),
        "email_hint": masked(appointment.contact_email),
    }


def masked(address: str) -> str:
    """ "l•••@example.com": enough for its owner to recognise, too little for anybody else."""
    name, at, host = address.partition("@")
    return f"{name[:1]}•••{at}{host}" if at else ""
