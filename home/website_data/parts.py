"""What the website shows, part by part, in the language that is active. Every value is plain JSON."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Site

from content.links import Link, resolve_links
from content.pictures import address_of, read_files
from home.frame import Item, footer_items, footer_values, menu_items, menu_values
from home.models import HomePage, SiteIdentity
from home.queries import chosen, live_partners
from home.website_data.sections import link_data, sections_of

Data = Any


def default_site() -> Site | None:
    return Site.objects.filter(is_default_site=True).first()


def identity_of_site() -> SiteIdentity:
    site = default_site()
    return SiteIdentity.for_site(site) if site else SiteIdentity()


def menu_data() -> list[Data]:
    """Items in their order: `label`, `route`, `order`, `external`, and `children` of the same form."""
    menu = chosen(default_site(), "header")
    links = iter(resolve_links(menu_values(menu), request=None))
    items = [item for item in menu_items(menu, links) if item.link or item.links or item.sections]
    return [item_data(item, order) for order, item in enumerate(items, start=1)]


def item_data(item: Item, order: int) -> Data:
    if item.link:
        return {**entry(item.link, order), "children": []}
    children = [{**entry(link, place), "children": []} for place, link in enumerate(item.links, start=1)]
    for place, section in enumerate(item.sections, start=len(children) + 1):
        links = [{**entry(link, number), "children": []} for number, link in enumerate(section.links, start=1)]
        children.append({**group(section.text, place), "children": links})
    return {**group(item.text, order), "children": children}


def entry(link: Link, order: int) -> Data:
    return {"label": link.text, "route": link.href, "order": order, "external": link.external}


def group(label: str, order: int) -> Data:
    return {"label": label, "route": None, "order": order, "external": False}


def footer_data() -> list[Data]:
    """Links in their order: `key`, `label`, `route`, `external`, `order`, and the heading they stand under."""
    footer = chosen(default_site(), "footer")
    links = iter(resolve_links(footer_values(footer), request=None))
    flat = [(item.text, link) for item in footer_items(footer, links) for link in item.links]
    return [
        {**entry(link, order), "key": link.key, "group": heading} for order, (heading, link) in enumerate(flat, start=1)
    ]


def partner_data() -> list[Data]:
    """Partners in their order: `name`, `image`, `url`, `order`."""
    partners = list(live_partners())
    read_files(partner.logo for partner in partners)
    return [
        {
            "name": partner.name,
            "image": full(address_of(partner.logo, "logo") or partner.logo.file.url) if partner.logo else None,
            "url": partner.url,
            "order": order,
        }
        for order, partner in enumerate(partners, start=1)
    ]


def home_page() -> HomePage | None:
    """The home page that everybody may read in the active language, or the one that stands in for it."""
    language = settings.LANGUAGE_CODE
    found = HomePage.objects.live().public().select_related("locale", "og_image")
    pages = {page.locale.language_code: page for page in found}
    return pages.get(active()) or pages.get(language)


def active() -> str:
    return get_language() or settings.LANGUAGE_CODE


def hero_data() -> list[Data]:
    """Heroes of the home page: `title`, `description`, `button`, `background_image`, `order`."""
    page = home_page()
    return list(heroes_of(page)) if page else []


def heroes_of(page: HomePage) -> Iterator[Data]:
    for order, block in enumerate(page.hero, start=1):
        value = block.value
        image = value.get("image")
        picture = (
            {"url": full(address_of(image, "hero") or image.file.url), "alt": image.default_alt_text} if image else None
        )
        yield {
            "title": value["title"],
            "description": value.get("text") or "",
            "button": link_data(value.get("button")),
            "second_button": link_data(value.get("second_button")),
            "background_image": picture,
            "order": order,
        }


def seo_data() -> Data:
    """What the home page tells search engines and networks: title, description, og, canonical, robots."""
    page, identity = home_page(), identity_of_site()
    title = (page.seo_title or page.title) if page else identity.name
    description = (page.search_description if page else "") or identity.description or identity.tagline
    image = (page.og_image if page else None) or identity.sharing_image
    return {
        "site_name": identity.name,
        "title": title,
        "description": description,
        "canonical": full(page.get_url() or "/") if page else settings.SITE_URL,
        "robots": "noindex" if page and page.noindex else "index, follow",
        "og": {
            "type": "website",
            "title": title,
            "description": description,
            "image": full(address_of(image, "sharing")) if image and address_of(image, "sharing") else None,
            "locale": {"en": "en_US", "ar": "ar_JO"}.get(active(), active()),
        },
    }


def home_page_data() -> Data:
    """The home page as a whole: its title, heroes and sections."""
    page = home_page()
    if page is None:
        return None
    return {
        "title": page.title,
        "language": page.locale.language_code,
        "route": page.get_url() or "/",
        "heroes": list(heroes_of(page)),
        "sections": list(sections_of(page)),
    }


def full(address: str) -> str:
    return urljoin(settings.SITE_URL, address)


BUILDERS: dict[str, Callable[[], Data]] = {
    "menu_items": menu_data,
    "heroes": hero_data,
    "partners": partner_data,
    "footer_links": footer_data,
    "seo_data": seo_data,
    "home_page": home_page_data,
}
