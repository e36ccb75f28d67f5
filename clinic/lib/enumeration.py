"""Words one after the other, with the comma of the reader's language between them."""

from collections.abc import Iterable

from django.utils.translation import get_language

COMMAS = {"en": ", ", "ar": "، "}


def listed(words: Iterable[str]) -> str:
    """ "Dermatology, Cardiology", in Arabic with the Arabic comma."""
    return COMMAS["ar" if (get_language() or "en").startswith("ar") else "en"].join(words)
