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


# The article, alone and after "and", "with", "like", "so" and "for", which are written as one word with it.
_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
_OWNERS = ("كم", "نا", "هم", "ها")  # your, our, their, her
_ENDINGS = ("ان", "ات", "ون", "ين", "يه", "ه", "ي")
_ROOT = 3  # letters: what is shorter is a word of its own


def without_article(word: str) -> str:
    """`word`, folded by `for_search`, without the definite article and the particles that lean on it.

    Keeps at least three letters, so that "pain" (alef, lam, mim) stays what it is.
    """
    word = word.rstrip("ء")  # people leave out the last hamza
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _ROOT:
            return word.removeprefix(article)
    # "And" without an article: only before what is long, or begins with alef as few words with a first waw do.
    if word.startswith("و") and (len(word) > _ROOT + 2 or word.startswith("وا")) and len(word) > _ROOT + 1:
        return word.removeprefix("و")
    return word


def stem(word: str) -> str:
    """The part of a folded Arabic word that its forms share: no article, no ending of plural, gender or owner.

    A light stem after Larkey, Ballesteros and Connell (2002), "light10", and the owners that polite texts are full
    of; words of other scripts are returned as they are.
    """
    bare = without_article(word)
    for owner in _OWNERS:
        if bare.endswith(owner) and len(bare) - len(owner) >= _ROOT:
            bare = bare.removesuffix(owner)
            # Before an owner, ta marbuta is written as ta.
            if bare.endswith("ت") and not bare.endswith("ات") and len(bare) > _ROOT:
                return bare.removesuffix("ت")
            break
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= _ROOT:
            return bare.removesuffix(ending)
    return bare
