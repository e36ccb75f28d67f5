"""A practitioner's calendar at its secret address, for the program that fetches it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from clinic.scheduling.feeds import etag_of, feed_file, feed_of


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """200 with the file, 304 for whoever has it already, 404 for every address that opens nothing."""
    found = feed_of(token)
    if found is None:
        raise Http404
    file = feed_file(found)
    etag = etag_of(file)
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        file, content_type="text/calendar; charset=utf-8"
    )
    response["ETag"] = etag
    response["Content-Disposition"] = 'inline; filename="visits.ics"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    patch_cache_control(response, private=True, no_cache=True)
    return response
