"""Links that editors have set, resolved for one request in a constant number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from clinic.lib.phone import for_reading
from content.routes import route_label, route_url

# Unicode's isolates keep a number left to right between Arabic words, wherever the text is shown.
ISOLATE, END = "\u2066", "\u2069"


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str
    key: str = ""
    external: bool = False
    is_phone: bool = False
    current: str = ""  # a value for aria-current: "page" for the page itself, "true" for what it is part of


def live_translations(keys: set[int], language: str) -> dict[int, Page]:
    """The published page in `language` for each of the pages with these primary keys, in one query."""
    if not keys:
        return {}
    chosen = Page.objects.filter(pk__in=keys)
    same = chosen.filter(translation_key=OuterRef("translation_key")).values("pk")
    found = Page.objects.live().filter(
        translation_key__in=chosen.values("translation_key"), locale__language_code=language
    )
    found = found.select_related("locale").annotate(stands_for=ArraySubquery(same))
    return {key: page for page in found for key in page.stands_for}


def page_key(value: Mapping[str, Any]) -> int | None:
    """The primary key of the page that a link leads to; the value may be raw or loaded."""
    page = value.get("page")
    return page.pk if isinstance(page, Page) else page or None


def currency(href: str, path: str) -> str:
    """What `aria-current` says of a link to `href` on the page at `path`; a home page contains nothing."""
    if href == path:
        return "page"
    return "true" if href.count("/") > 2 and path.startswith(href) else ""


def resolve_links(values: Iterable[Mapping[str, Any]], *, request: HttpRequest | None) -> list[Link | None]:
    """A `Link` for each value of a LinkBlock; None where nothing is published in the active language.

    Raw values, as a StreamField stores them, do: the pages are not loaded twice.
    """
    values = list(values)
    pages = live_translations({key for value in values if (key := page_key(value))}, get_language() or "en")
    path = request.path if request else ""
    host = request.get_host() if request else ""
    return [_resolve(value, pages, path=path, host=host, request=request) for value in values]


def _resolve(
    value: Mapping[str, Any], pages: Mapping[int, Page], *, path: str, host: str, request: HttpRequest | None
) -> Link | None:
    label, key = value.get("label") or "", value.get("key") or ""
    if page_pk := page_key(value):
        page = pages.get(page_pk)
        href = page.get_url(request) if page else None
        return Link(label or page.title, href, key, current=currency(href, path)) if page and href else None
    if route := value.get("route"):
        href = route_url(route)
        return Link(label or route_label(route), href, key, current=currency(href, path)) if href else None
    if phone := value.get("phone"):
        return Link(label or f"{ISOLATE}{for_reading(phone)}{END}", f"tel:{phone}", key, is_phone=True)
    if address := value.get("address"):
        return Link(label or address, address, key, external=urlsplit(address).netloc != host)
    return None
