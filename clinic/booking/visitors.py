"""Who a visitor is, as far as limits need it: a keyed hash of an address that is never stored in clear."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def holder_of(request: HttpRequest) -> str:
    """64 hexadecimal digits, the same for each request from one address."""
    return salted_hmac("clinic.booking.holder", address_of(request), algorithm="sha256").hexdigest()


def address_of(request: HttpRequest) -> str:
    """The visitor's address. X-Forwarded-For is believed only as far as proxies of ours have written it."""
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    proxies = settings.AXES_IPWARE_PROXY_COUNT or 0
    if proxies and len(hops) >= proxies:
        return hops[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def comes_from_elsewhere(request: HttpRequest) -> bool:
    """Whether another site made the browser send this request.

    For the one form without a CSRF token: pages of free times set no cookie, and a hold changes nothing that
    belongs to anybody. Browsers tell the origin of a POST (https://www.w3.org/TR/fetch-metadata/, RFC 6454).
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin", "")
    try:
        return bool(origin) and urlsplit(origin).netloc != request.get_host()
    except ValueError:
        return True
