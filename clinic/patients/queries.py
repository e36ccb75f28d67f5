"""Finding a person as a desk does: by a name in either script, a phone, a file number."""

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet

from clinic.lib.arabic import for_search, western_digits
from clinic.patients.models import Patient

FIRST_FILE = 100_000
CLOSE_ENOUGH = 0.4  # of 1: "Laila Hadad" finds "Layla Haddad", "Omar" does not


def find_patients(text: str, *, among: QuerySet[Patient]) -> QuerySet[Patient]:
    """The patients of `among` that `text` may mean; all of them when it is empty.

    Each word must occur in the name or e-mail, or the digits in the phone or be the file number. When nothing
    fits exactly, names that are spelt nearly so are found instead, the nearest first.
    """
    words = for_search(text).split()
    if not words:
        return among
    digits = "".join(char for char in western_digits(text) if char.isdecimal())
    exact = Q()
    for word in words:
        exact &= Q(search_text__contains=word)
    if len(digits) >= 4:
        # The national form of a number has a leading zero where E.164 has the country code.
        exact |= Q(search_text__contains=digits.lstrip("0"))
        exact |= Q(pk=max(int(digits[:18]) - FIRST_FILE, 0))
    found = among.filter(exact)
    if digits or found.exists():
        return found
    # Not the operator of the trigram index: its threshold, 0.6, is a setting of the server and misses "Laila".
    near = among.annotate(nearness=TrigramWordSimilarity(" ".join(words), "search_text"))
    return near.filter(nearness__gte=CLOSE_ENOUGH).order_by("-nearness", "pk")


def with_phone(phone: str, *, among: QuerySet[Patient]) -> list[Patient]:
    """Those who gave `phone` (E.164): perhaps the caller, perhaps their family. Five at most."""
    return list(among.filter(phone=phone).order_by("pk")[:5]) if phone else []
