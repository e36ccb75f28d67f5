"""Live updates in a page of the desk."""

from typing import Any

from django import template
from django.conf import settings

register = template.Library()


@register.inclusion_tag("desk/live/script.html")
def live_updates() -> dict[str, Any]:
    """The script that fires `iyada:changed`. It opens a socket where there is one to open."""
    return {"address": settings.SOCKET_ADDRESS}


@register.inclusion_tag("desk/live/state.html")
def live_state() -> dict[str, Any]:
    """A line that says whether the page hears of changes at once."""
    return {}
