"""Links that editors have set, resolved for one request in a constant number of queries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.blocks import StreamValue
from wagtail.models import Page

from clinic.lib.phone import for_reading
from content.restrictions import is_restricted
from content.routes import route_label, route_url
from content.translation.stand_ins import stand_in_path

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
    language: str = ""  # of the text, where it is not the reader's


def live_translations(keys: set[int], language: str) -> dict[int, Page]:
    """The published page for each of the pages with these primary keys, in one query.

    The one in `language`; where there is none, the one that stands in for it there (see content.translation).
    `is_hidden` tells a page that not everybody may read.
    """
    if not keys:
        return {}
    chosen = Page.objects.filter(pk__in=keys)
    same = chosen.filter(translation_key=OuterRef("translation_key")).values("pk")
    found = Page.objects.live().filter(translation_key__in=chosen.values("translation_key"), alias_of__isnull=True)
    found = found.select_related("locale").annotate(stands_for=ArraySubquery(same), is_hidden=is_restricted())
    # What is in the language itself comes last, and stays.
    own_last = sorted(found, key=lambda page: page.locale.language_code == language)
    return {key: page for page in own_last for key in page.stands_for}


def known_pages(keys: set[int], request: HttpRequest | None) -> dict[int, Page]:
    """As `live_translations` for the active language; what was asked during `request` is not asked again."""
    language = get_language() or "en"
    if request is None:
        return live_translations(keys, language)
    memory: dict[str, dict[int, Page | None]] = request.__dict__.setdefault("pages_of_links", {})
    known = memory.setdefault(language, {})
    if missing := keys - known.keys():
        found = live_translations(missing, language)
        known.update((key, found.get(key)) for key in missing)
    return {key: page for key in keys if (page := known[key])}


def link_values_in(streams: Iterable[StreamValue]) -> Iterator[Mapping[str, Any]]:
    """Every value of a LinkBlock in `streams`, as it is stored, however deep. Asks the database nothing."""
    for stream in streams:
        for block in stream.raw_data:
            yield from _link_values(block["value"])


def _link_values(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        if "page" in value and "route" in value:
            yield value
        else:
            for part in value.values():
                yield from _link_values(part)
    elif isinstance(value, list):
        for part in value:
            yield from _link_values(part)


def page_key(value: Mapping[str, Any]) -> int | None:
    """The primary key of the page that a link leads to; the value may be raw or loaded."""
    if known := getattr(value, "page_pk", None):
        return int(known)
    page = value.get("page")
    return page.pk if isinstance(page, Page) else page or None


def currency(href: str, path: str) -> str:
    """What `aria-current` says of a link to `href` on the page at `path`; a home page contains nothing."""
    if href == path:
        return "page"
    return "true" if href.count("/") > 2 and path.startswith(href) else ""


def resolve_links(values: Iterable[Mapping[str, Any]], *, request: HttpRequest | None) -> list[Link | None]:
    """A `Link` for each value of a LinkBlock; None where nothing is published in any language.

    A page behind a password is linked to with the words of whoever set the link: its own title is not for strangers.
    Raw values, as a StreamField stores them, do: the pages are not loaded twice.
    """
    values = list(values)
    pages = known_pages({key for value in values if (key := page_key(value))}, request)
    path = request.path if request else ""
    host = request.get_host() if request else ""
    return [_resolve(value, pages, path=path, host=host, request=request) for value in values]


def _resolve(
    value: Mapping[str, Any], pages: Mapping[int, Page], *, path: str, host: str, request: HttpRequest | None
) -> Link | None:
    label, key = value.get("label") or "", value.get("key") or ""
    if page_pk := page_key(value):
        return _resolve_page(pages.get(page_pk), label, key, path=path, request=request)
    if route := value.get("route"):
        href = route_url(route)
        return Link(label or route_label(route), href, key, current=currency(href, path)) if href else None
    if phone := value.get("phone"):
        return Link(label or f"{ISOLATE}{for_reading(phone)}{END}", f"tel:{phone}", key, is_phone=True)
    if address := value.get("address"):
        return Link(label or address, address, key, external=urlsplit(address).netloc != host)
    return None


def _resolve_page(page: Page | None, label: str, key: str, *, path: str, request: HttpRequest | None) -> Link | None:
    language = get_language() or "en"
    if page is None or (page.is_hidden and not label):
        return None
    foreign = page.locale.language_code if page.locale.language_code != language else ""
    href = stand_in_path(page, language, request) if foreign else page.get_url(request)
    if not href:
        return None
    return Link(label or page.title, href, key, current=currency(href, path), language="" if label else foreign)
