"""Saying what was done, with the button that takes it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from wagtail.admin.utils import get_valid_next_url_from_request

from clinic.lib import clock
from clinic.scheduling.actions import last_deed
from clinic.scheduling.actions.deeds import WINDOW


def say_done(request: HttpRequest, text: str) -> None:
    """Show `text` on the next page, and for as long as it is possible a button that undoes what was just done."""
    messages.success(request, format_html("{} {}", text, undo_form(request)))


def undo_form(request: HttpRequest) -> str:
    """The button with its form, as HTML; empty when there is nothing to undo."""
    user: Any = request.user
    deed = last_deed(user)
    if deed is None:
        return ""
    left = deed.done_at + WINDOW - clock.now()
    context = {
        "deed": deed.group,
        "seconds": int(left.total_seconds()),
        "next": get_valid_next_url_from_request(request),
    }
    return render_to_string("desk/undo.html", context, request=request)
