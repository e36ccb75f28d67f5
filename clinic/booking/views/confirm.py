"""The promise to come, behind a signed link of a reminder."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from clinic.booking.privacy import personal
from clinic.booking.views.refusals import broken_link
from clinic.booking.views.times import see_other
from clinic.booking.views.visits import as_seen, opened, told
from clinic.scheduling.actions import ChangeRefused
from clinic.scheduling.actions.confirmations import confirm_attendance
from clinic.scheduling.links import LinkExpired, LinkInvalid, LinkPurpose
from clinic.scheduling.models import Appointment


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST notes the promise: a mail scanner that follows the link promises nothing."""
    try:
        appointment = opened(token, LinkPurpose.CONFIRM)
    except (LinkExpired, LinkInvalid) as fault:
        return broken_link(request, expired=isinstance(fault, LinkExpired))
    if request.method != "POST":
        return page(request, appointment)
    try:
        confirm_attendance(appointment=as_seen(appointment, request.POST.get("revision", "")), by=None)
    except ChangeRefused as refusal:
        appointment.refresh_from_db()
        return page(request, appointment, refused=refusal.message, status=409)
    return see_other(reverse("booking:confirm", args=[token]))


def page(request: HttpRequest, appointment: Appointment, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "booking/confirm.html", {**told(appointment), **more}, status=status)
