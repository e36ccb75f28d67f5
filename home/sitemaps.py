"""What search engines are told about: the published pages and the directory, in both languages.

Wagtail's own sitemap walks the tree of one language only (https://github.com/wagtail/wagtail/issues/12420).
"""

from collections import defaultdict
from collections.abc import Container
from datetime import datetime

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from wagtail.models import Page, Site

from clinic.directory.queries import listed_practitioners, public_services
from content.routes import ROUTES
from content.search.pages import SHELLS
from content.shells import ALL, LISTS, hidden_places

# Page types whose addresses are views of the directory, which lists them itself: one entry for an address.
VIEWS = SHELLS | {"doctorsindexpage", "servicesindexpage"}
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def described(paths: dict[str, str], *, changed: datetime | None) -> list[dict[str, object]]:
    """An entry for each language of one subject, each with the alternates of all; `paths` is by language."""
    urls = {language: f"{settings.SITE_URL}{path}" for language, path in paths.items()}
    alternates = [{"lang_code": language, "location": url} for language, url in urls.items()]
    if len(urls) > 1 and settings.LANGUAGE_CODE in urls:
        alternates.append({"lang_code": "x-default", "location": urls[settings.LANGUAGE_CODE]})
    return [
        {"location": url, "lastmod": changed, "alternates": alternates if len(urls) > 1 else []}
        for url in urls.values()
    ]


class WholeSitemap(Sitemap):
    """A sitemap whose `items` are the entries themselves."""

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, object]]:
        return list(self.paginator.page(page).object_list)


class PageSitemap(WholeSitemap):
    def items(self) -> list[dict[str, object]]:
        """Every published public page of every tree that is a translation of the site's root."""
        site = Site.objects.select_related("root_page").get(is_default_site=True)
        trees = [root.path for root in site.root_page.get_translations(inclusive=True)]
        pages = (
            Page.objects.live()
            .public()
            .filter(alias_of__isnull=True)
            .exclude(content_type__model__in=VIEWS)
            .select_related("locale")
            .order_by("path")
            .defer_streamfields()
        )
        subjects: dict[object, list[Page]] = defaultdict(list)
        for page in pages.specific():
            if page.path.startswith(tuple(trees)) and not getattr(page, "noindex", False):
                subjects[page.translation_key].append(page)
        return [entry for versions in subjects.values() for entry in self.entries(versions)]

    def entries(self, versions: list[Page]) -> list[dict[str, object]]:
        paths = {page.locale.language_code: page.get_url() for page in versions}
        changed = max((page.last_published_at for page in versions if page.last_published_at), default=None)
        return described({language: path for language, path in paths.items() if path}, changed=changed)


class DirectorySitemap(WholeSitemap):
    """Doctors, services, and the lists of them; the steps of a booking are for people only."""

    def items(self) -> list[dict[str, object]]:
        hidden = {kind: hidden_places(kind) for kind in LISTS}
        places: list[tuple[str, str, str]] = [(kind, ROUTES[kind][1], "") for kind in ("doctors", "services")]
        places += [
            ("doctors", "booking:doctor", slug) for slug in listed_practitioners().values_list("slug", flat=True)
        ]
        places += [("services", "booking:service", slug) for slug in public_services().values_list("slug", flat=True)]
        return [
            entry
            for kind, name, slug in places
            for entry in described(in_each(name, slug, hidden=hidden[kind]), changed=None)
        ]


def in_each(name: str, slug: str, *, hidden: Container[tuple[str, str]]) -> dict[str, str]:
    """The address of a view in each language in which it is shown; none where that part of the site is switched off."""
    paths = {}
    for language in LANGUAGES:
        if (language, slug) in hidden or (language, ALL) in hidden:
            continue
        with override(language):
            try:
                paths[language] = reverse(name, args=[slug] if slug else [])
            except NoReverseMatch:
                return {}
    return paths


SITEMAPS = {"pages": PageSitemap, "directory": DirectorySitemap}
