"""Lists by first letter, in either script."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from wagtail.models import Page

from clinic.lib.arabic import for_search

ARTICLE = "ال"  # “the”: Arabic lists pass over it, as English ones pass over nothing


@dataclass(frozen=True, slots=True)
class Letter:
    letter: str
    pages: list[Page]

    @property
    def anchor(self) -> str:
        return f"letter-{self.letter.casefold()}"


def sort_key(title: str) -> str:
    folded = for_search(title)
    return folded.removeprefix(ARTICLE) or folded


def by_letter(pages: Iterable[Page]) -> list[Letter]:
    """`pages` in alphabetical order, in groups of one first letter; what begins with none stands under “#”."""
    ordered = sorted(pages, key=lambda page: sort_key(page.title))
    return [Letter(letter, list(group)) for letter, group in groupby(ordered, key=first_letter)]


def first_letter(page: Page) -> str:
    first = sort_key(page.title)[:1].upper()
    return first if first.isalpha() else "#"
