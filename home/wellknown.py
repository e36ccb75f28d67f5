"""What machines ask a site for by name: robots.txt, security.txt and the manifest. Their texts are in site/public/."""

from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from home.models import SiteIdentity

PUBLIC = Path(__file__).resolve().parent.parent / "site" / "public"
TEXT = "text/plain; charset=utf-8"
VALID_DAYS = 180  # RFC 9116 advises less than a year
DAY = 24 * 3600  # seconds


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """site/public/robots.txt, and where the sitemap is."""
    rules = (PUBLIC / "robots.txt").read_text()
    text = f"{rules.rstrip()}\n\nSitemap: {settings.SITE_URL}{reverse('sitemap')}\n"
    return HttpResponse(text, content_type=TEXT)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """site/public/security.txt with the fields that RFC 9116 demands; what the file says itself is left alone."""
    text = (PUBLIC / "security.txt").read_text()
    until = (timezone.now() + timedelta(days=VALID_DAYS)).replace(hour=0, minute=0, second=0, microsecond=0)
    added = {
        "Contact": f"mailto:{contact(request)}",
        "Expires": f"{until:%Y-%m-%dT%H:%M:%SZ}",
        "Canonical": f"{settings.SITE_URL}{request.path}",
    }
    said = {line.partition(":")[0] for line in text.splitlines()}
    lines = [f"{name}: {value}" for name, value in added.items() if name not in said]
    response = HttpResponse("\n".join([text.rstrip(), *lines, ""]), content_type=TEXT)
    patch_cache_control(response, public=True, max_age=DAY)
    return response


def contact(request: HttpRequest) -> str:
    """The address of the clinic, else the one that its mail comes from, also while the database is away."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    try:
        return SiteIdentity.for_request(request).email or sender
    except DatabaseError:
        return sender


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """How the site looks on the first screen of a phone (https://www.w3.org/TR/appmanifest/)."""
    identity = SiteIdentity.for_request(request)
    answer = {
        "name": identity.name,
        "short_name": identity.name,
        "start_url": "/",
        "display": "browser",
        "background_color": "#faf7f0",
        "theme_color": "#faf7f0",
        "icons": [
            {"src": static("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": static("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
        ],
    }
    response = JsonResponse(answer, content_type="application/manifest+json")
    patch_cache_control(response, public=True, max_age=DAY)
    return response
