"""What a visitor has typed, as PostgreSQL is asked for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from clinic.lib.arabic import stem
from content.search.words import bare_words, telling

LONGEST_QUESTION = 100  # characters; what comes after them is not looked at
MOST_WORDS = 8
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """`words` are bare (see `content.search.words`), without those that say nothing.

    `meanings` holds for a word the phrases that mean the same, `corrections` what it was meant to be.
    """

    text: str
    words: tuple[str, ...]
    phrase: str
    meanings: dict[str, list[Phrase]] = field(default_factory=dict)
    corrections: dict[str, str] = field(default_factory=dict)

    def literal(self) -> str:
        """All words, in any of their forms: for the configuration `english`."""
        return " & ".join(quoted(stem(word)) for word in self.words)

    def meant(self) -> str:
        """All words, or what means the same."""
        return " & ".join(either([quoted(stem(word)), *self.same_as(word)]) for word in self.words)

    def begun(self) -> str:
        """Words that begin with all of what is typed, or mean the same: for the configuration `simple`."""
        return " & ".join(either([f"{quoted(word)}:*", *self.same_as(word)]) for word in self.words)

    def corrected(self) -> str:
        """As `meant`, with each mistyped word replaced."""
        return " & ".join(
            either([quoted(stem(self.corrections.get(word, word))), *self.same_as(self.corrections.get(word, word))])
            for word in self.words
        )

    def any_word(self) -> str:
        return " | ".join(quoted(stem(word)) for word in self.words)

    def named(self) -> str:
        """`begun` in titles and keywords alone, for suggestions."""
        return " & ".join(either([f"{quoted(word)}:*AB", *self.same_as(word)]) for word in self.words)

    def spoken(self) -> list[str]:
        """Every word that is asked for in the end: as typed, corrected, and what means the same."""
        meant = [word for phrases in self.meanings.values() for phrase in phrases for word in phrase]
        return [*self.words, *self.corrections.values(), *meant]

    def same_as(self, word: str) -> list[str]:
        return ["(" + " & ".join(quoted(stem(each)) for each in phrase) + ")" for phrase in self.meanings.get(word, [])]


def ask(text: str) -> Question:
    """The question in `text`, of which no more is read than one reasonably types. It may hold no word at all."""
    text = " ".join(text[:LONGEST_QUESTION].split())
    bare = bare_words(text)
    return Question(text=text, words=tuple(islice(telling(bare), MOST_WORDS)), phrase=" ".join(bare[:MOST_WORDS]))


def quoted(word: str) -> str:
    """`word` as a lexeme of to_tsquery. A bare word holds only letters and digits: nothing needs escaping."""
    return f"'{word}'"


def either(alternatives: Sequence[str]) -> str:
    return alternatives[0] if len(alternatives) == 1 else f"({' | '.join(alternatives)})"


def meanings_of(words: Sequence[str], groups: Iterable[Sequence[Phrase]]) -> dict[str, list[Phrase]]:
    """For each word, the phrases that mean the same as it, or as the phrase of `words` that it is part of.

    As all words are asked for together, each word of a known phrase takes the same alternatives: "skin doctor"
    becomes (skin or dermatology) and (doctor or dermatology).
    """
    found: dict[str, list[Phrase]] = {}
    stemmed = [stem(word) for word in words]
    for group in groups:
        for phrase in group:
            length = len(phrase)
            wanted = [stem(word) for word in phrase]
            for start in range(len(words) - length + 1):
                if stemmed[start : start + length] == wanted:
                    others = [other for other in group if other != phrase]
                    for word in words[start : start + length]:
                        found.setdefault(word, []).extend(others)
    return found
