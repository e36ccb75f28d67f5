"""Finding a person as a desk does: by a name in either script, a phone, an e-mail address, a file number."""

import re
from contextlib import suppress
from functools import reduce
from operator import and_

from django.contrib.postgres.search import TrigramWordSimilarity
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Greatest

from clinic.lib.arabic import for_search, western_digits
from clinic.lib.phone import to_e164
from clinic.lib.references import is_reference
from clinic.patients.models import Patient

WORDS_AT_MOST = 8
DIGITS_AT_LEAST = 3  # of a part of a phone or file number; fewer are in everybody's
CLOSE_ENOUGH = 0.4  # of 1: "Layla Hadaad" finds "Layla Haddad", "Omar" does not
SOUNDS_CLOSE_ENOUGH = 0.6  # there are fewer letters to tell people apart
NEAR_AT_MOST = 50
NUMBER = re.compile(r"[\d\s()+./-]+")


def find_patients(text: str, *, among: QuerySet[Patient]) -> QuerySet[Patient]:
    """The patients of `among` that `text` may mean, the likeliest first; all of them when it is empty.

    Each word must occur in the name, phone, e-mail or file number, or the names must sound so in the other script.
    When nothing fits, names that are spelt nearly so are found instead. The statements are few, however many people
    there are, and read an index.
    """
    words = words_in(text)
    if not words:
        return among
    phrase = " ".join(words)
    if NUMBER.fullmatch(phrase) and len(digits := digits_of(phrase)) >= DIGITS_AT_LEAST:
        number = number_of(phrase, digits)
        occurs = Q(search_text__contains=digits) | Q(search_text__contains=number)
        return in_order(meant_by(occurs, among=among), whole=number, words=[digits])
    sounds = "" if "@" in phrase else sounds_of(phrase)
    found = meant_by(spelt(words) | sounding(sounds, words), among=among)
    # A number or an address that is nobody's is not guessed: half of the clinic has the same provider.
    if "@" in phrase or any(char.isdecimal() for char in phrase) or found.exists():
        return in_order(found, whole=phrase, words=words)
    return nearest(phrase, sounds, among=among)


def first_patients(text: str, *, among: QuerySet[Patient], most: int) -> list[Patient]:
    """The first `most` of `find_patients`, in its order.

    One word may be the name of half of the town. Then who is named so is read only until there are enough of them.
    """
    words, found = words_in(text), list[Patient]()
    if len(words) == 1 and not NUMBER.fullmatch(words[0]):
        for likely in likelihoods(whole=words[0], words=words):
            others = among.filter(likely, merged_into=None).exclude(pk__in=[patient.pk for patient in found])
            found += others.order_by("pk")[: most - len(found)]
            if len(found) == most:
                return found
    return list(find_patients(text, among=among)[:most])


def words_in(text: str) -> list[str]:
    """What is looked for, folded."""
    return for_search(text.replace("|", " ").replace("\0", " ")).split()[:WORDS_AT_MOST]


def known_by(reference: str, *, among: QuerySet[Patient]) -> Patient | None:
    """The patient of `reference`, in which anything may stand, or the one into whom that one was merged."""
    meant = Q(reference=reference) | Q(merged__reference=reference)
    return among.filter(meant).first() if is_reference(reference) else None


def meant_by(condition: Q, *, among: QuerySet[Patient]) -> QuerySet[Patient]:
    """Those of `among` for whom `condition` holds, or held of somebody who was merged into them."""
    found = Patient.objects.filter(condition).annotate(who=Coalesce("merged_into", "pk")).order_by()
    return among.filter(pk__in=found.values("who"))


def with_phone(phone: str, *, among: QuerySet[Patient]) -> list[Patient]:
    """Those who gave `phone` (E.164): perhaps the caller, perhaps their family. Five at most."""
    return list(among.filter(phone=phone).order_by("pk")[:5]) if phone else []


def with_email(email: str, *, among: QuerySet[Patient]) -> list[Patient]:
    """Those who gave `email`, however it is cased. Five at most."""
    return list(among.filter(email__iexact=email).order_by("pk")[:5]) if email else []


def digits_of(text: str) -> str:
    """The digits that each way to write a number has: the national form has zeros where E.164 has the country."""
    return "".join(char for char in western_digits(text) if char.isdecimal()).lstrip("0")


def number_of(phrase: str, digits: str) -> str:
    """The whole number that was typed: a phone in E.164, or the digits of a file."""
    with suppress(ValidationError):
        return to_e164(phrase)
    return digits


def sounds_of(text: str) -> str:
    """What both scripts keep of the names in `text`, as the database makes it: " ll hdd "."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT patients_sounds(%s)", [text])
        return str(cursor.fetchone()[0])


def spelt(words: list[str]) -> Q:
    """Each word occurs; one of a letter or two begins a word, for nothing shorter is in the index."""
    numbers = [digits_of(word) if NUMBER.fullmatch(word) else word for word in words]
    parts = [word if len(word) > 2 else f" {word}" for word in numbers if word]
    return reduce(and_, (Q(search_text__contains=part) for part in parts)) if parts else Q(pk__in=[])


def sounding(sounds: str, words: list[str]) -> Q:
    """Each name sounds as one of the patient's, the last of them perhaps half typed; numbers among them occur."""
    parts = sounds.split()
    if not parts:
        return Q(pk__in=[])
    whole = [f" {part} " for part in parts]
    if len(parts[-1]) > 1:
        whole[-1] = whole[-1].rstrip()
    numbers = [word for word in words if NUMBER.fullmatch(word)]
    return reduce(and_, (Q(search_sounds__contains=part) for part in whole)) & (spelt(numbers) if numbers else Q())


def in_order(found: QuerySet[Patient], *, whole: str, words: list[str]) -> QuerySet[Patient]:
    """`found`, first those whose name or number is `whole`, last those who only sound so."""
    turns = [When(likely, then=Value(turn)) for turn, likely in enumerate(likelihoods(whole=whole, words=words))]
    return found.order_by(Case(*turns, default=Value(len(turns)), output_field=IntegerField()), "pk")


def likelihoods(*, whole: str, words: list[str]) -> list[Q]:
    """How somebody may be spelt who is meant, the likeliest first: so altogether, or in parts."""
    return [
        Q(search_text__contains=f"| {whole} |"),
        Q(search_text__contains=f"| {whole}"),
        reduce(and_, (Q(search_text__contains=f" {word} ") for word in words)),
        reduce(and_, (Q(search_text__contains=f" {word}") for word in words)),
        spelt(words),
    ]


def nearest(phrase: str, sounds: str, *, among: QuerySet[Patient]) -> QuerySet[Patient]:
    """Those whose names are spelt nearly like `phrase`, or sound nearly so in the other script."""
    likeness = Greatest(
        TrigramWordSimilarity(phrase, "search_text"),
        TrigramWordSimilarity(sounds, "search_sounds") + (CLOSE_ENOUGH - SOUNDS_CLOSE_ENOUGH),
    )
    near = Q(search_text__trigram_word_similar=phrase)
    if len(sounds.split()) > 1:
        near |= Q(search_sounds__trigram_word_similar=sounds)
    with transaction.atomic(), connection.cursor() as cursor:
        # The operators of the index know a threshold only as a setting; it lasts as long as the transaction.
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(CLOSE_ENOUGH)])
        rows = among.filter(near).annotate(likeness=likeness).filter(likeness__gte=CLOSE_ENOUGH)
        found = list(rows.order_by("-likeness", "pk").values_list("pk", flat=True)[:NEAR_AT_MOST])
    turns = Case(*(When(pk=pk, then=Value(turn)) for turn, pk in enumerate(found)), default=Value(NEAR_AT_MOST))
    return among.filter(pk__in=found).order_by(turns)
