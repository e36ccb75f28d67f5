"""Arabic as people type it: one spelling for search, western digits for machines."""

import re
import unicodedata

_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_LETTERS = str.maketrans("أإآٱىئؤةیک", "ااااييوهيك")


def western_digits(text: str) -> str:
    """`text` with Arabic-Indic and Persian digits as 0 to 9."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def for_search(text: str) -> str:
    """`text` folded so that spellings that readers take for the same word are equal.

    Drops diacritics and tatweel, unites the forms of alef, ya, waw and ta marbuta, folds case and accents
    of Latin letters, and squeezes spaces.
    """
    plain = _MARKS.sub("", western_digits(text)).translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", plain)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(plain.casefold().split())
