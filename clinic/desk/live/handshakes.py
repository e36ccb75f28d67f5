"""What a browser sends before a socket opens.

A browser sends cookies along to whatever site asks, and names that site in Origin (RFC 6455, 10.2): only our own
pages may open a socket.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.http import parse_cookie
from django.http.request import split_domain_port, validate_host

PATH = "/ws/live/"
DEFAULT_PORTS = {"http": 80, "https": 443}


def headers_of(scope: Mapping[str, Any]) -> dict[str, str]:
    """The headers of an ASGI scope; of one that comes twice, neither: nobody can say which one is meant."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        word = name.decode("latin-1").lower()
        found[word] = "" if word in found else value.decode("latin-1")
    return found


def is_own_page(headers: Mapping[str, str]) -> bool:
    """Whether a page of this site asks: by the scheme and port of SITE_URL, and by the host that it asks."""
    try:
        origin, site = urlsplit(headers.get("origin", "")), urlsplit(settings.SITE_URL)
        same_place = (origin.scheme, port_of(origin)) == (site.scheme, port_of(site))
    except ValueError:  # a port that is no number
        return False
    host = split_domain_port(headers.get("host", ""))[0]
    named = origin.netloc.rpartition(":")[0] if origin.port else origin.netloc
    return bool(host) and same_place and named.lower() == host and validate_host(host, settings.ALLOWED_HOSTS)


def port_of(parts: SplitResult) -> int | None:
    return parts.port or DEFAULT_PORTS.get(parts.scheme)


def session_key(headers: Mapping[str, str]) -> str:
    """What the session's cookie holds; empty without one."""
    return str(parse_cookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME, ""))
