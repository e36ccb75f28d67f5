"""The home page and the standard pages, published in both languages and tied to each other."""

from typing import Any

from wagtail.models import Locale, Page, Site

from content.models import ClinicImage, StandardPage
from home.models import HomePage
from home.starter.files import data_names, read_data
from home.starter.images import load_image
from home.starter.ledger import Ledger, stable_id
from home.starter.locales import load_locales, placeholder
from home.starter.streams import Streams

TEAM = "pictures/team"


def load_pages(ledger: Ledger) -> None:
    """Create each page that was never loaded, then fill in and publish what was created.

    First all pages, then their words: pages link to each other.
    """
    locales = load_locales()
    homes = load_homes(ledger, locales)
    created: list[tuple[str, dict[str, Any], StandardPage]] = []
    for data in sorted((read_data(name) for name in data_names("pages")), key=lambda data: int(data["order"])):
        key = f"page:{data['slug']}"
        if ledger.has(key):
            continue
        known = StandardPage.objects.filter(translation_key=stable_id(key)).exists()
        for language, home in homes.items():
            if home and not known:
                created.append((language, data, add_page(home, key, language, data)))
        ledger.write([key], created=0 if known else len(homes))
    fresh = fill_homes(ledger, homes)
    for language, data, page in created:
        streams = Streams(language, pages=page_ids(page.locale), images={})
        page.body = streams.build(f"page:{data['slug']}:body", data["body"])
        publish(page)
    for home in fresh:
        publish(home)


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


def fill_homes(ledger: Ledger, homes: dict[str, HomePage | None]) -> list[HomePage]:
    """Put hero and sections on the home pages, the first time; the answer is those that are to be published."""
    if ledger.has("page:home"):
        return []
    data = read_data("frame/home")
    images = {TEAM: load_team(ledger)}
    fresh = []
    for language, home in homes.items():
        if home and not home.live and not home.hero:
            streams = Streams(language, pages=page_ids(home.locale), images=images)
            home.hero = streams.build("page:home:hero", data["hero"])
            home.sections = streams.build("page:home:sections", data["sections"])
            fresh.append(home)
    ledger.write(["page:home"], created=len(fresh))
    return fresh


def load_team(ledger: Ledger) -> ClinicImage | None:
    return load_image(
        ledger,
        TEAM,
        title="Three of the team",
        alt_en="Drawing of three of our doctors before green hills",
        alt_ar="رسم لثلاثة من أطبائنا أمام تلال خضراء",
    )


def add_page(home: HomePage, key: str, language: str, data: dict[str, Any]) -> StandardPage:
    page = StandardPage(locale=home.locale, translation_key=stable_id(key), slug=data["slug"], live=False)
    set_words(page, language, data)
    page.introduction = data["introduction"][language]
    return home.add_child(instance=page)


def set_words(page: Page, language: str, data: dict[str, Any]) -> None:
    page.title = data["title"][language]
    page.seo_title = data.get("seo_title", {}).get(language, "")
    page.search_description = data["search_description"][language]


def page_ids(locale: Locale) -> dict[str, int]:
    """The ids of the standard pages of one language, by slug as the seed files name them."""
    names = {
        stable_id(f"page:{name.removeprefix('pages/')}"): name.removeprefix("pages/") for name in data_names("pages")
    }
    found = StandardPage.objects.filter(locale=locale, translation_key__in=names)
    return {names[page.translation_key]: page.pk for page in found}


def publish(page: Page) -> None:
    """Check `page` as its editor would and publish it. Raises `ValidationError` for a wrong seed file."""
    page.full_clean()
    page.save_revision().publish()
