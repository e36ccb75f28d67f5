"""What stands around every page: menu, footer, banners, addresses in both languages. A constant number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from clinic.directory.models import Location
from clinic.directory.queries import open_locations
from content.links import Link, link_values_in, resolve_links
from home.languages import Languages, languages_of
from home.models import Announcement, Footer, Level, Menu, SiteIdentity, SiteNavigation
from home.queries import chosen, foreign, live_announcements, published_translation


@dataclass(frozen=True, slots=True)
class Section:
    """Links under a heading within a group of the menu."""

    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the menu: a link, or a named group of links and of sections."""

    text: str
    link: Link | None
    links: tuple[Link, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def is_current(self) -> bool:
        inside = (*self.links, *(link for section in self.sections for link in section.links))
        return any(link.current for link in inside)


@dataclass(frozen=True, slots=True)
class Banner:
    level: str
    message: str
    link: Link | None
    language: str = ""  # of the message, where it is not the reader's

    @property
    def level_label(self) -> str:
        """The level in words: a colour alone says nothing to many."""
        return str(Level(self.level).label)


@dataclass(frozen=True, slots=True)
class Frame:
    identity: SiteIdentity
    menu: tuple[Item, ...]
    footer_text: str
    footer: tuple[Item, ...]
    banners: tuple[Banner, ...]
    locations: tuple[Location, ...]
    languages: Languages
    menu_language: str = ""  # where the menu or footer is shown in another language than the reader's
    footer_language: str = ""

    @property
    def language_cookie(self) -> str:
        """The cookie in which site.js keeps the language that a reader has chosen."""
        return settings.LANGUAGE_COOKIE_NAME


def build_frame(request: HttpRequest, *, page: object = None, previewed: object = None) -> Frame:
    """The frame of the page that `request` asks for. What is `previewed` stands in for what is published."""
    site = Site.find_for_request(request) or Site.objects.get(is_default_site=True)
    menu = previewed if isinstance(previewed, Menu) else frame_part(site, "header", previewed)
    footer = previewed if isinstance(previewed, Footer) else frame_part(site, "footer", previewed)
    announcements = [previewed] if isinstance(previewed, Announcement) else live_announcements()
    values = [*menu_values(menu), *footer_values(footer), *banner_values(announcements)]
    # The links of the page's own text are resolved with them, for its blocks to find: one query for all.
    resolved = resolve_links([*values, *link_values_in(streams_of(page))], request=request)
    links = iter(resolved)  # in the order of `values`
    return Frame(
        identity=previewed if isinstance(previewed, SiteIdentity) else SiteIdentity.for_site(site),
        menu=tuple(item for item in menu_items(menu, links) if item.link or item.links or item.sections),
        footer_text=footer.text if footer else "",
        footer=tuple(item for item in footer_items(footer, links) if item.links),
        banners=tuple(banners(announcements, links)),
        locations=tuple(open_locations()),
        languages=languages_of(request, page=page),
        menu_language=foreign(menu),
        footer_language=foreign(footer),
    )


def frame_part(site: Site, part: str, previewed: object) -> Any:
    """The menu ("header") or footer of `site`; that of a navigation which is `previewed` before it is saved."""
    if isinstance(previewed, SiteNavigation):
        return published_translation(getattr(previewed, part))
    return chosen(site, part)


def streams_of(page: object) -> list[StreamValue]:
    """The texts of `page` that are made of blocks."""
    if not isinstance(page, Page):
        return []
    return [getattr(page, field.name) for field in page._meta.get_fields() if isinstance(field, StreamField)]


def raw_blocks(stream: StreamValue | None) -> list[dict[str, Any]]:
    """The blocks as they are stored: `{"type", "value"}`. Loaded ones would ask for the pages that they name."""
    return list(stream.raw_data) if stream else []


def raw_links(group: dict[str, Any]) -> list[dict[str, Any]]:
    return [link["value"] for link in group["links"]]


def raw_sections(group: dict[str, Any]) -> list[dict[str, Any]]:
    """Groups that were written before there were sections have none."""
    return [section["value"] for section in group.get("sections", [])]


def menu_values(menu: Menu | None) -> Iterator[dict[str, Any]]:
    for block in raw_blocks(menu and menu.items):
        if block["type"] == "group":
            for part in (block["value"], *raw_sections(block["value"])):
                yield from raw_links(part)
        else:
            yield block["value"]


def footer_values(footer: Footer | None) -> Iterator[dict[str, Any]]:
    for block in raw_blocks(footer and footer.columns):
        yield from raw_links(block["value"])


def banner_values(announcements: list[Announcement]) -> Iterator[dict[str, Any]]:
    for each in announcements:
        yield from (block["value"] for block in raw_blocks(each.link))


def menu_items(menu: Menu | None, links: Iterator[Link | None]) -> Iterator[Item]:
    for block in raw_blocks(menu and menu.items):
        if block["type"] == "group":
            own = taken(links, len(block["value"]["links"]))
            parts = [Section(part["label"], taken(links, len(part["links"]))) for part in raw_sections(block["value"])]
            yield Item(block["value"]["label"], None, own, tuple(part for part in parts if part.links))
        else:
            link = next(links)
            yield Item(link.text if link else "", link)


def footer_items(footer: Footer | None, links: Iterator[Link | None]) -> Iterator[Item]:
    for block in raw_blocks(footer and footer.columns):
        yield Item(block["value"]["heading"], None, taken(links, len(block["value"]["links"])))


def banners(announcements: list[Announcement], links: Iterator[Link | None]) -> Iterator[Banner]:
    for each in announcements:
        yield Banner(each.level, each.message, next(iter(taken(links, len(each.link))), None), foreign(each))


def taken(links: Iterator[Link | None], count: int) -> tuple[Link, ...]:
    """The next `count` links without those that lead nowhere."""
    return tuple(link for link in islice(links, count) if link)
