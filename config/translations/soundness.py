"""What makes a translation sound. Each check yields one sentence for one entry; none means nothing to mend."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import polib

from config.translations.catalogue import FORMS, PLURAL_FORMS, Message, key_of

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
MARKUP = re.compile(r"<[^>]*>|&\w+;")
# An example of an address or a number stays as it is typed.
VERBATIM = re.compile(r"\S+@\S+|https?://\S+|[\w.-]+/[\w./-]*")
ARABIC = re.compile("[\u0621-\u064a]")
LATIN_SIGNS = re.compile("[,;?]|[“”]")
# Isolates (U+2066 to U+2069) keep what is written from left to right in its order within an Arabic sentence.
ISOLATED = re.compile("\u2066[^\u2069]*\u2069")
ISOLATES = re.compile("[\u2066-\u2069]")
TURNED_ROUND = re.compile(r"\d \d|\+\d")
# What stays in Latin letters: the name of the product, and a pattern of dates.
LATIN_ALONE = {"Iyada", "l, j F Y"}
ENDINGS = {"?": "؟"}
ENDING_SIGNS = set(".:?؟!…")


def findings(catalogue: polib.POFile, messages: Iterable[Message]) -> Iterator[str]:
    """Everything wrong with `catalogue` as a translation of `messages`."""
    if catalogue.metadata.get("Plural-Forms") != PLURAL_FORMS:
        yield "The header does not name the six plural forms of Arabic."
    yield from differences(catalogue, messages)
    for entry in catalogue:
        for fault in (*form_faults(entry), *sign_faults(entry)):
            yield f"“{entry.msgid}”: {fault}"


def differences(catalogue: polib.POFile, messages: Iterable[Message]) -> Iterator[str]:
    """Where the catalogue and the sources do not hold the same texts in the same files."""
    wanted = {message.key: message for message in messages}
    held = {key_of(entry): {name for name, _line in entry.occurrences} for entry in catalogue}
    for key, message in wanted.items():
        if held.get(key) != message.files:
            yield f"“{message.text}” is not in the catalogue as the sources have it; run “translations extract”."
    for key in held.keys() - wanted.keys():
        yield f"“{key[1]}” is in no source any more; run “translations extract”."
    for (_context, text), times in Counter(key[:2] for key in wanted).items():
        if times > 1:
            yield f"“{text}” stands with and without a plural; give one of them a context."


def form_faults(entry: polib.POEntry) -> Iterator[str]:
    """Is every form there, and does each fill in what the English one does?"""
    if entry.fuzzy or entry.obsolete:
        yield "is fuzzy or obsolete."
    if not entry.msgid_plural:
        if not entry.msgstr:
            yield "is not translated."
        elif placeholders(entry.msgstr) != placeholders(entry.msgid):
            yield "does not have the placeholders of the English text."
        return
    wanted = placeholders(entry.msgid_plural)
    for form in range(FORMS):
        text = entry.msgstr_plural.get(form, "")
        if not text:
            yield f"plural form {form} is not translated."
        # None, one and two are words of their own in Arabic, which may stand without the number.
        elif placeholders(text) != wanted and not (form < 3 and leaves_out_the_number(text, wanted)):
            yield f"plural form {form} does not have the placeholders of the English text."


def leaves_out_the_number(text: str, wanted: Counter[str]) -> bool:
    held = placeholders(text)
    missing = wanted - held
    return held <= wanted and missing.total() == 1 and all("(" in name or "{" in name for name in missing)


def placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


def sign_faults(entry: polib.POEntry) -> Iterator[str]:
    """Is it Arabic, set as Arabic is set?"""
    source = entry.msgid_plural or entry.msgid
    has_words = bool(re.search(r"[A-Za-z]", words_of(source))) and entry.msgid not in LATIN_ALONE
    for text in filter(None, (entry.msgstr, *entry.msgstr_plural.values())):
        words = words_of(text)
        if has_words and not ARABIC.search(words):
            yield f"is not in Arabic: “{text}”."
        if ARABIC.search(words) and LATIN_SIGNS.search(VERBATIM.sub(" ", words)):
            yield f"has a Latin comma, question or quotation mark: “{text}”."
        if sorted(MARKUP.findall(text)) != sorted(MARKUP.findall(source)):
            yield f"has other markup than the English text: “{text}”."
        if Counter(ISOLATES.findall(source)) - Counter(ISOLATES.findall(text)):
            yield f"lost an isolate of the English text: “{text}”."
        if TURNED_ROUND.search(ISOLATED.sub("", text)):
            yield f"has a number that Arabic would turn round; put it between U+2066 and U+2069: “{text}”."
        if edges(text) != edges(source):
            yield f"does not end like the English text: “{text}”."


def words_of(text: str) -> str:
    return MARKUP.sub(" ", PLACEHOLDER.sub(" ", text))


def edges(text: str) -> tuple[bool, bool, str]:
    """Whether there is space before and after, and the sign at the end, as Arabic writes it."""
    last = text.rstrip()[-1:]
    return text[:1].isspace(), text[-1:].isspace(), ENDINGS.get(last, last) if last in ENDING_SIGNS else ""
