"""The same page in each language: for the language switch, hreflang and the canonical address.

Where a page is not published in the other language, its words stand in there (see content.translation.stand_ins);
no address is announced to search engines then.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language
from wagtail.models import Page

from content.translation.stand_ins import stand_in_path

OWN_NAMES = {"en": "English", "ar": "العربية"}  # never translated: readers look for their own
RIGHT_TO_LEFT = {"ar"}


@dataclass(frozen=True, slots=True)
class Version:
    """One page in one language; `path` begins with "/"."""

    code: str
    path: str
    exists: bool

    @property
    def name(self) -> str:
        return OWN_NAMES[self.code]

    @property
    def url(self) -> str:
        """The public address, without the query."""
        return f"{settings.SITE_URL}{self.path.partition('?')[0]}"


@dataclass(frozen=True, slots=True)
class Languages:
    """`stand_in` is the language in which the words of the page really are, where it is not the reader's."""

    current: Version
    others: tuple[Version, ...]
    stand_in: str = ""

    @property
    def announced(self) -> tuple[Version, ...]:
        """What search engines may list, the current one first; empty where there is only one."""
        if self.stand_in:
            return ()
        there = (self.current, *(version for version in self.others if version.exists))
        return there if len(there) > 1 else ()

    @property
    def words(self) -> str:
        """The language in which the main part of the page is written."""
        return self.stand_in or self.current.code

    @property
    def stand_in_name(self) -> str:
        """In the reader's language."""
        return str(dict(settings.LANGUAGES).get(self.stand_in, ""))

    @property
    def default(self) -> Version:
        """What a reader of no known language is sent to."""
        return next((each for each in self.announced if each.code == settings.LANGUAGE_CODE), self.current)


def languages_of(request: HttpRequest, *, page: object = None) -> Languages:
    """At most one query for a Wagtail `page`; none for a view, whose addresses differ in the prefix only."""
    language = get_language() or settings.LANGUAGE_CODE
    others = [code for code, _name in settings.LANGUAGES if code != language]
    if isinstance(page, Page) and page.pk:
        return languages_of_page(request, page, language, others)
    paths = {code: translated_path(request, code) for code in others}
    return Languages(
        current=Version(language, request.get_full_path(), exists=True),
        others=tuple(Version(code, paths[code], exists=True) for code in others),
    )


def languages_of_page(request: HttpRequest, page: Page, language: str, others: list[str]) -> Languages:
    """Of a page that stands in, the address that search engines hear of is that of its own language."""
    rows: Sequence[Page] = getattr(page, "in_each_language", ())
    rows = rows or list(page.get_translations(inclusive=True).select_related("locale", "alias_of__locale"))
    own = next((row for row in rows if row.pk == page.pk), page)
    original = own.alias_of or own  # an alias in another tree repeats the words of its original
    stand_in = original.locale.language_code if original.locale.language_code != language else ""
    published = {row.locale.language_code: row for row in rows if row.live and not row.alias_of_id}
    paths = {code: published[code].get_url(request) for code in others if code in published}
    shown = original if stand_in else page
    return Languages(
        current=Version(language, shown.get_url(request) or request.path, exists=not stand_in),
        others=tuple(
            Version(code, paths.get(code) or stand_in_path(original, code, request) or f"/{code}/", code in paths)
            for code in others
        ),
        stand_in=stand_in,
    )


def translated_path(request: HttpRequest, code: str) -> str:
    """The address of a view in another language; the home page for what is no view, as a page not found."""
    path = request.get_full_path()
    match = getattr(request, "resolver_match", None)
    if match is None or match.url_name == "wagtail_serve":
        return f"/{code}/"
    return translate_url(path, code)
