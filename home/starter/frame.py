"""What surrounds every page: menu, footer, partners, and the facts of the site."""

from typing import Any

from wagtail.models import Locale, Site

from content.models import ClinicImage
from home.models import EditorialSnippet, Footer, Menu, Partner, SiteIdentity, SiteNavigation
from home.starter.files import read_data
from home.starter.images import load_image
from home.starter.ledger import Ledger, stable_id
from home.starter.locales import load_locales
from home.starter.pages import page_ids
from home.starter.streams import Streams


def load_frame(ledger: Ledger) -> None:
    locales = load_locales()
    navigation = read_data("frame/navigation")
    load_menu(ledger, locales, navigation["menu"])
    load_footer(ledger, locales, navigation["footer"])
    load_partners(ledger, locales)
    load_settings(ledger)


def load_menu(ledger: Ledger, locales: dict[str, Locale], data: dict[str, Any]) -> None:
    key = f"menu:{data['key']}"
    if ledger.has(key):
        return
    for language, locale in locales.items():
        streams = Streams(language, pages=page_ids(locale), images={})
        menu = Menu(locale=locale, translation_key=stable_id(key), name=data["name"][language])
        menu.items = streams.build(key, data["items"])
        publish(menu)
    ledger.write([key], created=len(locales))


def load_footer(ledger: Ledger, locales: dict[str, Locale], data: dict[str, Any]) -> None:
    key = f"footer:{data['key']}"
    if ledger.has(key):
        return
    for language, locale in locales.items():
        streams = Streams(language, pages=page_ids(locale), images={})
        footer = Footer(
            locale=locale,
            translation_key=stable_id(key),
            name=data["name"][language],
            text=data["text"][language],
        )
        footer.columns = streams.build(key, data["columns"])
        publish(footer)
    ledger.write([key], created=len(locales))


def load_partners(ledger: Ledger, locales: dict[str, Locale]) -> None:
    for order, data in enumerate(read_data("frame/partners")["partner"], start=1):
        key, names = f"partner:{data['key']}", data["name"]
        if ledger.has(key):
            continue
        logo = load_image(ledger, f"partners/{data['key']}", title=names["en"], alt_en=names["en"], alt_ar=names["ar"])
        for language, locale in locales.items():
            partner = Partner(locale=locale, translation_key=stable_id(key), name=names[language], logo=logo)
            partner.url, partner.sort_order = data["url"], order
            publish(partner)
        ledger.write([key], created=len(locales))


def load_settings(ledger: Ledger) -> None:
    """Point the default site at its menu and footer, and say who it is. Both once, like everything else."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return
    if not ledger.has("settings:navigation"):
        chosen = SiteNavigation.for_site(site)
        english = {"locale__language_code": "en"}
        chosen.header = chosen.header or Menu.objects.filter(translation_key=stable_id("menu:main"), **english).first()
        chosen.footer = (
            chosen.footer or Footer.objects.filter(translation_key=stable_id("footer:main"), **english).first()
        )
        chosen.save()
        ledger.write(["settings:navigation"], created=1)
    if not ledger.has("settings:identity"):
        identity = SiteIdentity.for_site(site)
        for name, value in read_data("frame/identity").items():
            setattr(identity, name, value)
        identity.sharing_image = load_sharing_image(ledger)
        identity.full_clean()
        identity.save()
        ledger.write(["settings:identity"], created=1)


def load_sharing_image(ledger: Ledger) -> ClinicImage | None:
    """What networks show beside a link. They take no SVG: the file is a picture of `pictures/sharing.svg`."""
    return load_image(
        ledger,
        "pictures/sharing.png",
        title="Sharing image",
        alt_en="Three doctors of Iyada, your clinic in Amman and Irbid",
        alt_ar="ثلاثة من أطباء عيادة، عيادتكم في عمّان وإربد",
    )


def publish(snippet: EditorialSnippet) -> None:
    """Check `snippet` as its editor would and publish it. Raises `ValidationError` for a wrong seed file."""
    snippet.live = False
    snippet.full_clean()
    snippet.save()
    snippet.save_revision().publish()
