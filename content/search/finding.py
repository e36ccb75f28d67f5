"""Asking the index. Three queries for the results of a question, two for its suggestions."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from content.search.enums import Kind
from content.search.models import Synonyms
from content.search.question import Question, meanings_of
from content.search.sql import CORRECT, FIND, NEAR, SUGGEST
from content.search.typing_errors import nearest
from content.search.words import stems

MOST_RESULTS = 200
MOST_SUGGESTIONS = 7
PATIENCE = 2000  # milliseconds; a query that takes longer is given up


class Tier(IntEnum):
    """How well an entry fits: all words are there, or begin so, or were mistyped; or some word is there."""

    ALL_WORDS, BEGINNINGS, MISTYPED, ANY_WORD = range(4)


@dataclass(frozen=True, slots=True)
class Hit:
    kind: Kind
    title: str
    path: str
    summary: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """`hits` of one page, the best first; `counts` of all pages by kind, before any kind was chosen.

    `tier` says how well the best one fits. `roots` are what the found words begin with, for marking them.
    """

    question: Question
    hits: list[Hit]
    counts: dict[Kind, int]
    tier: Tier
    roots: frozenset[str]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def find(question: Question, *, language: str, kind: Kind | None = None, start: int = 0, size: int = 10) -> Findings:
    """What answers `question` in `language`.

    Entries with all its words come before those with words that begin so, these before mistyped ones; only when
    there are none of them are entries shown that hold any of the words. Raises `OperationalError` after two
    seconds.
    """
    if not question.words:
        return Findings(question, [], {}, Tier.ANY_WORD, roots=frozenset())
    groups = synonyms()
    with patient_cursor() as cursor:
        corrected = corrections(cursor, question.words, language)
        known = [corrected.get(word, word) for word in question.words]
        meanings = meanings_of(question.words, groups) | meanings_of(known, groups)
        question = replace(question, corrections=corrected, meanings=meanings)
        cursor.execute(FIND, parameters(question, language) | {"most": MOST_RESULTS})
        ranked = rows_of(cursor)
        wanted = [row for row in ranked if kind is None or row["kind"] == kind][start : start + size]
        cursor.execute("SELECT id, summary, body FROM search_entry WHERE id = ANY(%s)", [[row["id"] for row in wanted]])
        texts = {row["id"]: row for row in rows_of(cursor)}
    return Findings(
        question=question,
        hits=[hit_of(row | texts[row["id"]]) for row in wanted if row["id"] in texts],
        counts=dict(Counter(Kind(row["kind"]) for row in ranked)),
        tier=Tier(ranked[0]["tier"]) if ranked else Tier.ANY_WORD,
        roots=frozenset(ranked[0]["roots"] if ranked else ()) | frozenset(stems(question.spoken())),
    )


def suggest(question: Question, *, language: str) -> list[Hit]:
    """What the question may be going to be: entries whose names hold all its words or beginnings, else similar ones."""
    if not question.words:
        return []
    question = replace(question, meanings=meanings_of(question.words, synonyms()))
    with patient_cursor() as cursor:
        asked = parameters(question, language) | {"most": MOST_SUGGESTIONS}
        cursor.execute(SUGGEST, asked)
        rows = rows_of(cursor)
        if not rows:
            cursor.execute(NEAR, asked)
            rows = rows_of(cursor)
    return [hit_of(row) for row in rows]


def synonyms() -> list[list[tuple[str, ...]]]:
    return [group.phrases() for group in Synonyms.objects.all()]


@contextmanager
def patient_cursor() -> Iterator[CursorWrapper]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('statement_timeout', %s, true), set_config(%s, '0.3', true)",
            [str(PATIENCE), "pg_trgm.word_similarity_threshold"],
        )
        yield cursor


def corrections(cursor: CursorWrapper, words: Sequence[str], language: str) -> dict[str, str]:
    """For each word that begins no word of the index, the nearest word of the index, if any is near."""
    cursor.execute(CORRECT, {"words": [word for word in words if len(word) >= 3], "language": language})
    candidates: dict[str, list[str]] = {}
    for typed, candidate in cursor.fetchall():
        candidates.setdefault(typed, []).append(candidate)
    return {typed: found for typed, near in candidates.items() if (found := nearest(typed, near))}


def parameters(question: Question, language: str) -> dict[str, Any]:
    return {
        "language": language,
        "phrase": question.phrase,
        "literal": question.literal(),
        "meant": question.meant(),
        "begun": question.begun(),
        "named": question.named(),
        "corrected": question.corrected(),
        "any": question.any_word(),
        "spoken": " ".join(question.spoken()),
    }


def rows_of(cursor: CursorWrapper) -> list[dict[str, Any]]:
    names = [column.name for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def hit_of(row: dict[str, Any]) -> Hit:
    return Hit(
        kind=Kind(row["kind"]),
        title=row["title"],
        path=row["path"],
        summary=row.get("summary", ""),
        body=row.get("body", ""),
    )
