"""The same page in each language: for the language switch, hreflang and the canonical address.

Where a page is not published in the other language, the switch leads to that language's home page, whose
notice `#untranslated` says so; no address is announced to search engines then.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language
from wagtail.models import Page

OWN_NAMES = {"en": "English", "ar": "العربية"}  # never translated: readers look for their own
RIGHT_TO_LEFT = {"ar"}
UNTRANSLATED = "untranslated"


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
    current: Version
    others: tuple[Version, ...]

    @property
    def announced(self) -> tuple[Version, ...]:
        """What search engines may list, the current one first; empty where there is only one."""
        there = (self.current, *(version for version in self.others if version.exists))
        return there if len(there) > 1 else ()

    @property
    def default(self) -> Version:
        """What a reader of no known language is sent to."""
        return next((each for each in self.announced if each.code == settings.LANGUAGE_CODE), self.current)


def languages_of(request: HttpRequest, *, page: object = None) -> Languages:
    """One query for a Wagtail `page`; none for a view, whose addresses differ in the prefix only."""
    language = get_language() or settings.LANGUAGE_CODE
    others = [code for code, _name in settings.LANGUAGES if code != language]
    if isinstance(page, Page) and page.pk:
        current = Version(language, page.get_url(request) or request.path, exists=True)
        found = {each.locale.language_code: each for each in page.get_translations().live().select_related("locale")}
        paths = {code: found[code].get_url(request) for code in others if code in found}
    else:
        current = Version(language, request.get_full_path(), exists=True)
        paths = {code: translated_path(request, code) for code in others}
    return Languages(
        current=current,
        others=tuple(Version(code, paths.get(code) or f"/{code}/#{UNTRANSLATED}", code in paths) for code in others),
    )


def translated_path(request: HttpRequest, code: str) -> str:
    """The address of a view in another language; the home page for what is no view, as a page not found."""
    path = request.get_full_path()
    match = getattr(request, "resolver_match", None)
    if match is None or match.url_name == "wagtail_serve":
        return f"/{code}/"
    return translate_url(path, code)
