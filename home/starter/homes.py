"""The home page of each language, the root of its tree."""

from typing import Any

from wagtail.models import Locale, Page, Site

from home.models import HomePage
from home.starter.files import read_data
from home.starter.ledger import Ledger, stable_id
from home.starter.library import Library
from home.starter.locales import placeholder
from home.starter.streams import Streams


def load_homes(ledger: Ledger, locales: dict[str, Locale]) -> dict[str, HomePage | None]:
    """The home page of each language; None for one that an editor has deleted."""
    key = "page:home"
    homes: dict[str, HomePage | None] = {
        language: HomePage.objects.filter(locale=locale).first() for language, locale in locales.items()
    }
    if not ledger.has(key):
        root = Page.objects.get(depth=1)
        for language, locale in locales.items():
            if homes[language] is None:
                home = HomePage(locale=locale, translation_key=stable_id(key), slug=f"home-{language}", live=False)
                set_words(home, language, read_data("frame/home"))
                homes[language] = root.add_child(instance=home)
        take_over_site(homes["en"])
    return homes


def set_words(page: Page, language: str, data: dict[str, Any]) -> None:
    page.title = data["title"][language]
    page.seo_title = data.get("seo_title", {}).get(language, "")
    page.search_description = data["search_description"][language]


def take_over_site(home: HomePage | None) -> None:
    """Make `home` the root of the default site, unless the site already has a real one."""
    welcome = placeholder()
    site = Site.objects.filter(is_default_site=True).first()
    if home and site is None:
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="Iyada")
    elif home and site and welcome and site.root_page_id == welcome.pk:
        site.root_page = home
        site.site_name = site.site_name or "Iyada"
        site.save()
    if home and welcome:
        welcome.delete()


def fill_homes(
    ledger: Ledger, homes: dict[str, HomePage | None], *, library: Library, pages: dict[str, dict[str, int]]
) -> list[HomePage]:
    """Put hero and sections on the home pages, the first time; the answer is those that are to be published."""
    if ledger.has("page:home"):
        return []
    data = read_data("frame/home")
    fresh = []
    for language, home in homes.items():
        if home and not home.live and not home.hero:
            streams = Streams(language, pages=pages[language], images=library)
            home.hero = streams.build("page:home:hero", data["hero"])
            home.sections = streams.build("page:home:sections", data["sections"])
            fresh.append(home)
    ledger.write(["page:home"], created=len(fresh))
    return fresh
