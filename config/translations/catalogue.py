"""The catalogue of a language: `site/locale/<language>/LC_MESSAGES/django.po` and what is compiled from it.

Nothing here imports Django: the supervisor compiles before any process of the clinic starts.
"""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import polib

# The six forms of Arabic: none, one, two, 3 to 10, 11 to 99, and the rest (Unicode CLDR, plural rules for "ar").
PLURAL_FORMS = (
    "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
)
FORMS = 6
NAMED = re.compile(r"%\(\w+\)[sd]")

Key = tuple[str, str, str]  # context, message, plural; empty where there is none


@dataclass
class Message:
    """One text of the sources, with the files that it stands in."""

    text: str
    plural: str = ""
    context: str = ""
    files: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        return self.context, self.text, self.plural


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def catalogue_path(locale_dir: Path, language: str) -> Path:
    return locale_dir / language / "LC_MESSAGES" / "django.po"


def read_catalogue(path: Path) -> polib.POFile:
    """The catalogue at `path`; an empty one when there is none yet. Raises OSError for one that is no catalogue."""
    return polib.pofile(str(path), wrapwidth=110) if path.exists() else polib.POFile(wrapwidth=110)


def updated_catalogue(known: polib.POFile, messages: Iterable[Message], language: str) -> polib.POFile:
    """A catalogue of exactly `messages`, with every translation that `known` has for the very same text.

    Sorted by the first file and the text, and without line numbers, so that a change of the code that touches
    no text leaves the file as it is.
    """
    kept = {key_of(entry): entry for entry in known}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = {
        "Project-Id-Version": "Iyada",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS,
    }
    for message in sorted(messages, key=lambda message: (min(message.files), *message.key)):
        fresh.append(entry_for(message, kept.get(message.key)))
    return fresh


def entry_for(message: Message, known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgctxt=message.context or None,
        msgid=message.text,
        occurrences=[(name, "") for name in sorted(message.files)],
        tcomment=known.tcomment if known else "",
        flags=["python-format"] if NAMED.search(message.text + message.plural) else [],
    )
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = {form: known.msgstr_plural.get(form, "") if known else "" for form in range(FORMS)}
    elif known:
        entry.msgstr = known.msgstr
    return entry


def write_catalogue(catalogue: polib.POFile, path: Path) -> bool:
    """Write `catalogue` unless the file says the same already. Returns whether it was written."""
    text = f"{catalogue}\n"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, text.encode())
    return True


def outdated(locale_dir: Path) -> list[Path]:
    """The catalogues below `locale_dir` that changed since they were compiled."""
    return [
        source
        for source in sorted(locale_dir.glob("*/LC_MESSAGES/*.po"))
        if not (compiled := source.with_suffix(".mo")).exists()
        or compiled.stat().st_mtime_ns <= source.stat().st_mtime_ns
    ]


def compile_translations(locale_dir: Path) -> int:
    """Compile what is outdated; returns how many catalogues that were.

    Raises OSError on a disk that refuses and for a catalogue that cannot be read.
    """
    sources = outdated(locale_dir)
    for source in sources:
        replace_file(source.with_suffix(".mo"), polib.pofile(str(source), check_for_duplicates=True).to_binary())
    return len(sources)


def replace_file(path: Path, content: bytes) -> None:
    """Write `content` at once: a process that starts meanwhile reads the old file or the new one, never half."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
