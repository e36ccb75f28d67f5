"""What an entry says about its subject, before it is folded for comparing."""

from collections.abc import Iterable
from dataclasses import dataclass

from content.search.enums import Kind
from content.search.models import Entry
from content.search.words import bare_words, spelling, vector

LONGEST_BODY = 40_000  # characters; beyond them a text is found by its beginning
KEYS = ("kind", "subject", "language")
REST = ("title", "summary", "body", "path", "folded", "names", "spelling", "words")


@dataclass(frozen=True, slots=True)
class Subject:
    """A published thing in one language. `keywords` are found and never shown."""

    kind: Kind
    key: int
    language: str
    path: str
    title: str
    summary: str = ""
    keywords: str = ""
    body: str = ""

    def entry(self) -> Entry:
        body = self.body[:LONGEST_BODY]
        return Entry(
            kind=self.kind,
            subject=self.key,
            language=self.language,
            path=self.path,
            title=self.title,
            summary=self.summary,
            body=body,
            folded=" ".join(bare_words(self.title)),
            names=" ".join(bare_words(f"{self.title} {self.keywords}")),
            spelling=spelling(self.title, self.keywords, self.summary, body),
            words=vector(title=self.title, keywords=self.keywords, summary=self.summary, body=body),
        )


def joined(texts: Iterable[object]) -> str:
    """`texts` as one, with single spaces; what is empty is left out."""
    return " ".join(" ".join(str(text).split()) for text in texts if text)
