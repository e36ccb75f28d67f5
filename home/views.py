"""Addresses of the site as a whole: the way into a language, robots.txt, a page that is not there."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

PUBLIC = Path(__file__).resolve().parent.parent / "site" / "public"


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """From / to the home page in the language of the cookie, else of the browser, else English."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """site/public/robots.txt, and where the sitemap is."""
    rules = (PUBLIC / "robots.txt").read_text()
    text = f"{rules.rstrip()}\n\nSitemap: {settings.SITE_URL}{reverse('sitemap')}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def show_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"fault": 404, "noindex": True}, status=404)
