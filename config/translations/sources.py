"""Every text of our own Python and templates that goes through gettext. Needs Babel, a tool of developers."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.extract import extract
from django.utils.translation.template import templatize

from config.translations.catalogue import Key, Message

ROOMS = ("clinic", "config", "content", "home", "templates")
KINDS = (".py", ".html", ".txt")
# Where each function of django.utils.translation has its message, its plural and its context ("c").
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def source_messages(root: Path) -> list[Message]:
    """The messages of every source under `root`, each once, with the files that it stands in."""
    found: dict[Key, Message] = {}
    for path in source_files(root):
        for message in messages_of(path.read_text(encoding="utf-8"), name=path.relative_to(root).as_posix()):
            found.setdefault(message.key, message).files |= message.files
    return list(found.values())


def source_files(root: Path) -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix in KINDS and "migrations" not in path.parts:
                yield path


def messages_of(source: str, *, name: str) -> Iterator[Message]:
    """The messages of one file. `name` is its path below the root; its ending tells Python from a template."""
    code = source if name.endswith(".py") else python_of(source, name=name)
    for _line, texts, _comments, context in extract("python", BytesIO(code.encode()), keywords=KEYWORDS):
        text, plural = (texts, "") if isinstance(texts, str) else (texts[0], texts[1])
        yield Message(text=text, plural=plural, context=context or "", files={name})


def python_of(template: str, *, name: str) -> str:
    """The translation calls of a template as Python, by Django's own reading of it.

    What stands around the calls becomes rows of X at any depth; without its indentation Python's tokenizer reads it.
    """
    return re.sub(r"(?m)^[ \t]+", "", templatize(template, origin=name))
