"""Translations as PO files, for whoever translates with tools of their own.

Each entry's context is the subject's translation key, a slash and the path of the text. Rich text is HTML, without
the keys that Wagtail's editor gives to paragraphs.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import polib
from django.utils.translation import gettext as _
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from content.translation.texts import Text

BLOCK_KEY = re.compile(r'\s+data-block-key="[^"]*"')
FEW = ("bold", "ul", "ol", "link")


class Unreadable(Exception):
    """The file is no PO file, or not for this language; its text says so to the person who chose it."""


@dataclass(slots=True)
class Reading:
    """What a file says about one subject: words by path, and what had to be left out and why."""

    words: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def portable(words: str) -> str:
    return BLOCK_KEY.sub("", words)


def catalogue(subjects: Iterable[tuple[str, list[Text], list[Text]]], *, language: str, source_language: str) -> str:
    """A PO file of `(translation key, texts of the source, texts of the translation)`.

    A text that still has the words of its source counts as not translated.
    """
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "X-Source-Language": source_language,
    }
    for key, source, target in subjects:
        own = {text.path: text.words for text in target}
        for text in source:
            done = own.get(text.path, "")
            file.append(
                polib.POEntry(
                    msgctxt=f"{key}/{text.path}",
                    msgid=portable(text.words),
                    msgstr="" if done == text.words else portable(done),
                    comment=text.label,
                )
            )
    return str(file)


def read_catalogue(data: bytes, *, language: str) -> dict[str, list[polib.POEntry]]:
    """The translated entries of a PO file by translation key. Raises Unreadable."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(_("This file is not written in UTF-8, as PO files of this site are.")) from None
    # polib opens what looks like the name of a file.
    if "\x00" in text or "msgid" not in text or "\n" not in text.strip():
        raise Unreadable(_("This is not a PO file."))
    try:
        file = polib.pofile(text)
    except (OSError, ValueError, IndexError, UnicodeError):
        raise Unreadable(_("This is not a PO file, or it is damaged.")) from None
    if file.metadata.get("Language", "").partition("_")[0] != language:
        raise Unreadable(
            _("This file is for the language “%(found)s”, not for “%(wanted)s”.")
            % {"found": file.metadata.get("Language") or "?", "wanted": language}
        )
    entries: dict[str, list[polib.POEntry]] = defaultdict(list)
    for entry in file:
        if entry.msgstr.strip() and not entry.obsolete and not entry.fuzzy:
            entries[(entry.msgctxt or "").partition("/")[0]].append(entry)
    return entries


def read_entries(entries: Iterable[polib.POEntry], source: Iterable[Text]) -> Reading:
    """What may be written into the translation of `source`; every entry that may not is named with its reason."""
    texts, reading = {text.path: text for text in source}, Reading()
    for entry in entries:
        path = (entry.msgctxt or "").partition("/")[2]
        text = texts.get(path)
        fault = fault_of(entry, text)
        if text is None or fault:
            reading.faults.append(f"{text.label if text else entry.msgid[:60]}: {fault}")
            continue
        reading.words[path] = tidy(entry.msgstr, text) if text.rich else entry.msgstr
    return reading


def fault_of(entry: polib.POEntry, text: Text | None) -> str:
    if text is None:
        return _("the source has no such text (any more).")
    if entry.msgid != portable(text.words):
        return _("the source has changed since this file was made.")
    if text.rich and tags_of(entry.msgstr) != tags_of(entry.msgid):
        return _("the HTML tags are not those of the source.")
    if text.max_length and len(entry.msgstr) > text.max_length:
        return _("longer than %(number)s letters.") % {"number": text.max_length}
    return ""


class Tags(HTMLParser):
    """Counts tags with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[Any] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag, tuple(sorted((name, value or "") for name, value in attrs))] += 1

    def handle_endtag(self, tag: str) -> None:
        self.found[f"/{tag}"] += 1


def tags_of(html: str) -> Counter[Any]:
    parser = Tags()
    parser.feed(html)
    parser.close()
    return parser.found


def tidy(html: str, text: Text) -> str:
    """As the editor of this text would have stored it: nothing that it does not offer comes through."""
    converter = ContentstateConverter(list(text.features or FEW))
    return str(converter.to_database_format(converter.from_database_format(html)))
