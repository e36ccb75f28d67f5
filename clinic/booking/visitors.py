"""Whether a visitor sent a request of their own accord."""

from urllib.parse import urlsplit

from django.http import HttpRequest


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
