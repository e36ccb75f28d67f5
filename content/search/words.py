"""Words as they are compared: one spelling for all that readers take for the same word.

A *bare* word is folded (case, accents, diacritics, the forms of alef, ya and ta marbuta, digits) and has lost
its article. A *stem* of an Arabic bare word has lost its ending too; English words are stemmed by PostgreSQL.
"""

import re
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import add
from typing import Any

from django.contrib.postgres.search import CombinedSearchVector, SearchVector
from django.db.models import Value

from clinic.lib.arabic import for_search, stem, without_article

# Letters and digits with the marks above and below them, which are no letters to the regular expressions.
_LETTERS = "(?:[^\\W_]|[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed])+"
WORD = re.compile(f"{_LETTERS}(?:['’]{_LETTERS})*")
# Words that everybody types and nobody means; with nothing else in a query they are looked for all the same.
_ENGLISH = """
a about an and any are as at be by can do does for from have how i in is it me my of on or our the to we what when
where which who why with you your
"""
_ARABIC = "في من على الي عن ما ماذا هل هو هي كيف متي اين مع او ان هذا هذه التي الذي لي انا نحن عند كم اريد علي"
STOP_WORDS = frozenset(f"{_ENGLISH} {_ARABIC}".split())
LONGEST = 40  # letters of one word


def bare_words(text: str) -> list[str]:
    return [bare for _word, bare in spelled(text)]


def spelled(text: str) -> Iterator[tuple[str, str]]:
    """Each word of `text` as it is written, and bare."""
    for match in WORD.finditer(text):
        if bare := bare_word(match[0]):
            yield match[0], bare


def bare_word(word: str) -> str:
    """One word without case, marks and article; "" when nothing is left, as of a lone hamza."""
    folded = for_search(word).replace("’", "'").removesuffix("'s").replace("'", "")
    return without_article("".join(char for char in folded if char.isalnum()))[:LONGEST]


def telling(words: Iterable[str]) -> list[str]:
    """`words` without those that say nothing, in their order; all of them when none says anything."""
    every = list(dict.fromkeys(words))
    return [word for word in every if word not in STOP_WORDS] or every


def stems(words: Iterable[str]) -> list[str]:
    return [stem(word) for word in words]


def vector(*, title: str, keywords: str, summary: str, body: str) -> CombinedSearchVector:
    """The searchable form of an entry: titles weigh A, keywords B, summaries C, bodies D.

    One configuration serves both languages: Arabic is stemmed before it comes here, and PostgreSQL's English
    stemmer leaves it alone. Short texts stand there unstemmed as well: half a typed word must find them.
    """
    vectors: list[Any] = []
    for weight, text in (("A", title), ("B", keywords), ("C", summary), ("D", body)):
        bare = bare_words(text)
        vectors.append(SearchVector(Value(" ".join(stems(bare))), weight=weight, config="english"))
        vectors.append(SearchVector(Value(" ".join(bare)), weight=weight, config="simple"))
    combined: CombinedSearchVector = reduce(add, vectors)
    return combined


def spelling(*texts: str) -> str:
    """Each word of `texts` once, for finding what a mistyped word was meant to be."""
    return " ".join(sorted({word for text in texts for word in bare_words(text) if len(word) >= 3}))
