"""Addresses of the site as a whole: the way into a language, a page that is not there, a page that fails."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import loader
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_request
from django.views.decorators.http import require_safe
from wagtail import views as wagtail
from wagtail.models import Site

from clinic.directory.queries import offered_specialties
from home.models import HomePage
from home.wellknown import PUBLIC

RETRY = 60  # seconds after which a page that failed for want of the database may be asked for again

# The plain page carries its styles in itself.
PLAIN_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """From / to the home page in the language of the cookie, else of the browser, else English."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """As Wagtail's, which asks for the language, the root page, its translation and its kind one after the other."""
    if (site := Site.find_for_request(request)) and (home := home_page(site, get_language())):
        try:
            route = home.route(request, [part for part in path.split("/") if part])
        except Http404:
            route = None
        request._wagtail_route_for_request = route  # type: ignore[attr-defined] # noqa: SLF001 - as it keeps it
    return wagtail.serve(request, path)


def home_page(site: Site, language: str | None) -> HomePage | None:
    """The home page in `language`, with its other languages at hand: one query."""
    homes = HomePage.objects.filter(translation_key=site.root_page.translation_key)
    rows = list(homes.select_related("locale", "alias_of__locale"))
    found = next((row for row in rows if row.locale.language_code == language), None)
    if found:
        found.in_each_language = rows
    return found


def show_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """In the language of the address. Without the database this fails in its turn, and `show_fault` answers."""
    context = {"fault": 404, "noindex": True, "specialties": offered_specialties()}
    return render(request, "404.html", context, status=404)


def show_fault(request: HttpRequest) -> HttpResponse:
    """In both languages, and without the database, the cache or anything else that may be what failed.

    503 while the database is away, so that nobody takes a page for lost; 500 for our own mistakes.
    """
    is_away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    context = {"is_away": is_away, "arabic_first": request.path.startswith("/ar/")}
    policy = ""
    try:
        html = loader.get_template("500.html").render(context)
    except ValueError:  # the list of static files is missing: this page needs none
        html, policy = (PUBLIC / "50x.html").read_text(), PLAIN_POLICY
    response = HttpResponse(html, status=503 if is_away else 500)
    response["Cache-Control"] = "no-store"
    if policy:
        response["Content-Security-Policy"] = policy
    if is_away:
        response["Retry-After"] = str(RETRY)
    return response
