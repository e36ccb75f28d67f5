"""The booking in a frame on another site: services and free times. Who comes is asked in a window of its own.

A frame of another site has no cookies in browsers of today, and its visitors cannot see whose page they type into:
docs/decisions/0037.
"""

from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from clinic.booking.choices import read_day
from clinic.booking.framing import framed
from clinic.booking.timetable import timetable
from clinic.booking.views.services import by_specialty
from clinic.booking.views.wanted import wanted_or_404
from clinic.directory.queries import public_services

SCRIPT = Path(__file__).resolve().parents[3] / "static" / "js" / "widget.js"
HOUR = 3600  # seconds


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """What another site puts into its page, at an address that never changes."""
    text = SCRIPT.read_bytes()
    etag = f'"{sha256(text).hexdigest()[:16]}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        text, content_type="text/javascript; charset=utf-8"
    )
    response["ETag"] = etag
    # Read by pages of other sites, some of which ask for this word (Cross-Origin-Embedder-Policy).
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_cache_control(response, public=True, max_age=HOUR)
    return response


@framed
@require_safe
@cache_control(no_cache=True)
def services(request: HttpRequest, *, host: str) -> HttpResponse:
    """What can be booked."""
    return listing(request, host=host, status=200)


@framed
@require_safe
@cache_control(no_cache=True)
def times(request: HttpRequest, slug: str, *, host: str) -> HttpResponse:
    """A week of free times. What is not known is answered by what can be booked, so that no frame stays empty."""
    try:
        wanted = wanted_or_404(request, slug)
        first_day = read_day(request.GET.get("from", ""))
    except Http404:
        return listing(request, host=host, status=404)
    address = f"{reverse('booking:widget_times', args=[slug])}?"
    chosen = [wanted.query, urlencode({"site": host}) if host else ""]
    context = {
        "host": host,
        "service": wanted.service,
        "wanted": wanted,
        "table": timetable(wanted.search, first_day=first_day),
        "here": f"{address}{''.join(f'{each}&' for each in chosen if each)}",
    }
    return render(request, "booking/widget/times.html", context)


def listing(request: HttpRequest, *, host: str, status: int) -> HttpResponse:
    offered = list(public_services().filter(practitioners__is_active=True).distinct())
    context = {
        "host": host,
        "groups": by_specialty(offered),
        "query": f"?{urlencode({'site': host})}" if host else "",
    }
    return render(request, "booking/widget/services.html", context, status=status)
