"""What a request asks the page cache for; most requests that are not for it are told apart here, before Django.

What is read comes from strangers: every part has a length and an alphabet, and what does not fit is simply not
for the cache.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

Environ = dict[str, Any]
PREFIXES = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)
WITHOUT_LANGUAGE = frozenset({"/sitemap.xml"})
# Parameters of pages, and what a value must look like. Only what
# says that it is another page for them is stored: clinic.lib.variants.
PARAMETERS = {"page": re.compile(r"[1-9]\d?"), "year": re.compile(r"20\d\d")}
# The filters of the directory's lists, which answer only those that they know with 200; by the path after the language.
SLUG, WORD = re.compile(r"[a-z0-9-]{1,50}"), re.compile(r"[a-z]{1,8}")
FILTERS = {
    "doctors/": {"specialty": SLUG, "service": SLUG, "location": SLUG, "language": WORD, "gender": WORD},
    "services/": {"specialty": SLUG},
}
# What a browser without scripts sends for fields that were left empty says nothing. What people type has no end of
# values, and who is free the soonest changes with every booking, so that only nothing is known of them.
TYPED = {"doctors/": {"q", "order"}}
# What newsletters and advertisements hang on to links. Neither the cache nor Django sees it.
TRACKING = re.compile(
    r"utm_\w{1,40}|gclid|gclsrc|gbraid|wbraid|dclid|fbclid|msclkid|mc_cid|mc_eid|twclid|ttclid|igshid|yclid|_ga|_gl"
)
PATH = re.compile(r"[^\x00-\x20\x7f?#\\]{1,512}")
LONGEST_PATH = 1536  # in bytes, of at most 512 letters
LONGEST_QUERY = 1024


@dataclass(slots=True)  # not frozen, which costs a microsecond for each field
class Asked:
    """`address` is the name of the entry: scheme, host, path as people read it, and the query in one order."""

    address: str
    encoding: str
    if_none_match: str
    head: bool
    variant: bool  # with a query


def read_request(environ: Environ) -> Asked | None:
    """What is asked for; None for a request that is none of the cache's business."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return None
    if "HTTP_AUTHORIZATION" in environ or has_session(environ.get("HTTP_COOKIE", "")):
        return None
    # Gunicorn takes it from a header where it believes the sender, and Django puts it before every link.
    if environ.get("SCRIPT_NAME"):
        return None
    # Before the memory of addresses: what nobody would read must not fill it.
    if len(environ.get("PATH_INFO", "")) > LONGEST_PATH or len(environ.get("QUERY_STRING", "")) > LONGEST_QUERY:
        return None
    address = known_address(
        scheme(environ),
        environ.get("HTTP_HOST", ""),
        environ.get("SERVER_PORT", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
    )
    if not address:
        return None
    return Asked(
        address=address,
        encoding=best_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")),
        if_none_match=environ.get("HTTP_IF_NONE_MATCH", "")[:1024],
        head=environ["REQUEST_METHOD"] == "HEAD",
        variant="?" in address,
    )


@lru_cache(maxsize=2048)
def known_address(scheme: str, host: str, port: str, raw_path: str, raw_query: str) -> str:
    """The name of the entry; "" for what is not for the cache."""
    path = readable_path(raw_path)
    if path is None or not (path.startswith(PREFIXES) or path in WITHOUT_LANGUAGE):
        return ""
    _nothing, _language, place = [*path.split("/", 2), "", ""][:3]
    query = canonical_query(raw_query, place if place in FILTERS else "")
    host = known_host(host, port)
    if query is None or not host:
        return ""
    return f"{scheme}://{host}{path}{'?' if query else ''}{query}"


def readable_path(path: str) -> str | None:
    """The path in letters; None if it is not UTF-8, too long, or could be mistaken for another address."""
    try:
        words = path.encode("latin-1").decode()
    except UnicodeError:
        return None
    return words if PATH.fullmatch(words) else None


def has_session(cookies: str) -> bool:
    name = settings.SESSION_COOKIE_NAME
    return name in cookies and any(each.partition("=")[0].strip() == name for each in cookies.split(";"))


def scheme(environ: Environ) -> str:
    """As Django judges it: a proxy is believed only where one is declared."""
    if settings.SECURE_PROXY_SSL_HEADER:
        header, secure = settings.SECURE_PROXY_SSL_HEADER
        if (told := environ.get(header)) is not None:
            return "https" if told.split(",")[0].strip() == secure else "http"
    return "https" if environ.get("wsgi.url_scheme") == "https" else "http"


@lru_cache(maxsize=256)
def known_host(host: str, port: str) -> str:
    """The host in lower case; "" for one that the site does not answer to, or with a port that is not its own.

    Django looks at the name only, so that each of 65,535 ports would be a copy of the site.
    """
    name, given = split_domain_port(host)
    allowed = settings.ALLOWED_HOSTS or (["localhost", "127.0.0.1", "[::1]"] if settings.DEBUG else [])
    if not name or not validate_host(name, allowed):
        return ""
    return host.lower() if given in ("", port, str(urlsplit(settings.SITE_URL).port or "")) else ""


@lru_cache(maxsize=1024)
def canonical_query(query: str, place: str = "") -> str | None:
    """The query in one order, without what tracks people; None if the page may depend on something else.

    `place` names the filters that the page has besides: a key of FILTERS, or "". Those left empty are dropped.
    """
    if len(query) > LONGEST_QUERY:
        return None
    pairs = [pair.partition("=") for pair in without_tracking(query).split("&") if pair]
    names = [name for name, _sign, _value in pairs]
    filters = FILTERS.get(place, {})
    given = [(name, value) for name, _sign, value in pairs if value or name not in {*filters, *TYPED.get(place, ())}]
    known = all((shape := (PARAMETERS | filters).get(name)) and shape.fullmatch(value) for name, value in given)
    return urlencode(sorted(given)) if known and unique(names) else None


def unique(names: list[str]) -> bool:
    return len(set(names)) == len(names)


def without_tracking(query: str) -> str:
    return "&".join(pair for pair in query.split("&") if not TRACKING.fullmatch(pair.partition("=")[0]))


@lru_cache(maxsize=512)
def best_encoding(accepted: str) -> str:
    """ "br", "gzip" or "identity" for an Accept-Encoding header (RFC 9110, 12.5.3)."""
    weights: dict[str, float] = {}
    for each in accepted[:512].lower().split(","):
        coding, *parameters = (part.strip() for part in each.split(";"))
        weights[coding] = weight(parameters)
    choice = max(("br", "gzip"), key=lambda coding: weights.get(coding, weights.get("*", 0)))
    return choice if weights.get(choice, weights.get("*", 0)) > 0 else "identity"


def weight(parameters: list[str]) -> float:
    for each in parameters:
        if each.startswith("q="):
            try:
                return float(each[2:])
            except ValueError:
                return 0
    return 1


def for_everybody(environ: Environ, asked: Asked) -> Environ:
    """The request as it is rendered for the store: without what tells one visitor from another.

    Of the cookies the one against forged forms stays: a page that uses it says so and is not stored, and taking
    it away would put a new one into the visitor's browser while a form stands open in another tab.
    """
    left_out = ("HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING", "HTTP_RANGE", "HTTP_REFERER", "HTTP_COOKIE")
    plain = {
        name: value
        for name, value in environ.items()
        if name not in left_out and not name.startswith(("HTTP_IF_", "HTTP_SEC_"))
    }
    cookies = [each for each in environ.get("HTTP_COOKIE", "").split(";") if named(each, settings.CSRF_COOKIE_NAME)]
    if cookies:
        plain["HTTP_COOKIE"] = ";".join(cookies)
    path, _sign, query = asked.address.partition("?")
    plain |= {"REQUEST_METHOD": "GET", "QUERY_STRING": query if asked.variant else ""}
    plain["RAW_URI"] = plain["REQUEST_URI"] = quote(path) + (f"?{query}" if query else "")
    return plain


def named(cookie: str, name: str) -> bool:
    return cookie.partition("=")[0].strip() == name
