"""A page or snippet together with what its rules need to know of other rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from wagtail.images import get_image_model
from wagtail.models import Page

from content.review.html import Reading, read
from content.review.pieces import Piece, pieces_of


@dataclass(frozen=True, slots=True)
class Library:
    """Alternative texts of images, as `(English, Arabic)`, and titles and state of pages, by primary key."""

    alternatives: dict[int, tuple[str, str]]
    titles: dict[int, str]
    live: frozenset[int]


@dataclass(frozen=True, slots=True)
class Subject:
    row: Any
    language: str
    pieces: tuple[Piece, ...]
    texts: tuple[tuple[Piece, Reading], ...]
    library: Library

    @property
    def linked_pages(self) -> Iterator[tuple[int, str]]:
        """Key of each page that is linked to, and the words of the link or the place of the field."""
        for piece, reading in self.texts:
            yield from ((anchor.page, anchor.text.strip() or piece.place) for anchor in reading.anchors if anchor.page)
        yield from ((piece.value, piece.place) for piece in self.pieces if piece.kind == "page")


def subjects_of(rows: Iterable[Model]) -> list[Subject]:
    """A subject for each row, with two queries in all. A row needs `locale`, loaded beforehand or cheap to load."""
    read_rows = []
    for row in rows:
        pieces = tuple(pieces_of(row))
        texts = tuple((piece, read(piece.value)) for piece in pieces if piece.kind == "html")
        read_rows.append((row, pieces, texts))
    images = {piece.value for _row, pieces, _texts in read_rows for piece in pieces if piece.kind == "image"}
    pages = {piece.value for _row, pieces, _texts in read_rows for piece in pieces if piece.kind == "page"}
    pages |= {a.page for _row, _pieces, texts in read_rows for _piece, text in texts for a in text.anchors if a.page}
    library = open_library(images, pages)
    return [Subject(row, language_of(row), pieces, texts, library) for row, pieces, texts in read_rows]


def open_library(images: set[int], pages: set[int]) -> Library:
    known = get_image_model().objects.filter(pk__in=images).values_list("pk", "alt_en", "alt_ar") if images else []
    found = Page.objects.filter(pk__in=pages).values_list("pk", "title", "live") if pages else []
    return Library(
        alternatives={pk: (english, arabic) for pk, english, arabic in known},
        titles={pk: title for pk, title, _live in found},
        live=frozenset(pk for pk, _title, live in found if live),
    )


def language_of(row: Any) -> str:
    locale = getattr(row, "locale", None)
    return locale.language_code if locale else ""
