"""A small website: a home page in each language, a menu, a footer, a banner."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Locale, Page, Site

from content.models import StandardPage
from home.models import HomePage, SiteNavigation
from tests.factories.content import StandardPageFactory
from tests.factories.home import FooterFactory, HomePageFactory, MenuFactory


@dataclass(frozen=True)
class Website:
    site: Site
    homes: dict[str, HomePage]

    def page(
        self, slug: str, *, parent: Page | None = None, factory: Any = StandardPageFactory, **fields: Any
    ) -> StandardPage:
        """A published page in English, made by `factory`."""
        page = factory(
            parent=parent or self.homes["en"], slug=slug, locale=Locale.objects.get(language_code="en"), **fields
        )
        page.save_revision().publish()
        return page

    def translate(self, page: Page, *, live: bool = True, **fields: Any) -> Page:
        copy = page.copy_for_translation(Locale.objects.get(language_code="ar"), copy_parents=True)
        for name, value in fields.items():
            setattr(copy, name, value)
        revision = copy.save_revision()
        if live:
            revision.publish()
        return copy

    def show(self, *, menu: list[Any] | None = None, footer: list[Any] | None = None) -> SiteNavigation:
        """Publish a menu and a footer of these blocks in English and point the site at them."""
        header = MenuFactory(items=menu or [], live=True)
        foot = FooterFactory(columns=footer or [], live=True)
        return SiteNavigation.objects.update_or_create(site=self.site, defaults={"header": header, "footer": foot})[0]


def open_website() -> Website:
    for page in Page.objects.filter(depth=2):
        page.delete()
    Site.objects.all().delete()
    english = Locale.objects.get_or_create(language_code="en")[0]
    arabic = Locale.objects.get_or_create(language_code="ar")[0]
    root = Page.get_first_root_node()
    home = HomePageFactory(parent=root, title="Iyada Clinic", slug="home", locale=english)
    copy = home.copy_for_translation(arabic)
    copy.title, copy.slug = "عيادة", "home-ar"
    copy.save_revision().publish()
    site = Site.objects.create(hostname="testserver", root_page=home, is_default_site=True, site_name="Iyada")
    Site.clear_site_root_paths_cache()
    return Website(site, {"en": home, "ar": HomePage.objects.get(pk=copy.pk)})
