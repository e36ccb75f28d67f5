"""Saying what was done, with the button that takes it back."""

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail.admin.utils import get_valid_next_url_from_request

from clinic.lib import clock
from clinic.scheduling.actions import last_deed
from clinic.scheduling.actions.deeds import WINDOW


def say_done(request: HttpRequest, text: str) -> None:
    """Show `text` on the next page, and for as long as it is possible a button that undoes what was just done."""
    deed = last_deed(request.user)
    if deed is None:
        messages.success(request, text)
        return
    left = deed.done_at + WINDOW - clock.now()
    context = {
        "text": text,
        "deed": deed.group,
        "seconds": int(left.total_seconds()),
        "next": get_valid_next_url_from_request(request),
    }
    messages.success(request, render_to_string("desk/done.html", context, request=request))
