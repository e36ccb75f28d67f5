"""What is different between two states of the same words, marked for reading."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from wagtail.admin.compare import diff_text
from wagtail.models import Revision
from wagtail.rich_text import expand_db_html
from wagtail.rich_text import get_text_for_indexing as plain

from content.translation.bases import words
from content.translation.texts import Text, texts_of


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    diff: SafeString


def readable(text: Text) -> str:
    return plain(text.words).strip() if text.rich else text.words


def shown(text: Text, language: str) -> SafeString:
    """The words as readers see them."""
    if not text.rich:
        return escape(text.words)
    with override(language):
        return mark_safe(expand_db_html(text.words))  # noqa: S308 - the same path that every page takes


def difference(before: Text | None, after: Text | None) -> SafeString:
    """What was taken out stands in <del>, what came in <ins>."""
    pair = diff_text(readable(before) if before else "", readable(after) if after else "")
    parts = []
    for kind, piece in pair.changes:
        tag = {"addition": "ins", "deletion": "del"}.get(kind)
        parts.append(f"<{tag}>{escape(piece)}</{tag}>" if tag else escape(piece))
    return mark_safe("".join(parts))  # noqa: S308 - every piece is escaped


def old_texts(basis: Any) -> dict[str, Text] | None:
    """The words that a translation was made from, by path; None where they are not kept."""
    if basis is None or basis.revision is None:
        return None
    return {text.path: text for text in texts_of(basis.revision.as_object())}


def changes_between(before: dict[str, Text], after: list[Text]) -> list[Change]:
    now = {text.path: text for text in after}
    changed = [
        Change(text.label, difference(before.get(text.path), text))
        for text in after
        if text.path not in before or before[text.path].words != text.words
    ]
    gone = [Change(text.label, difference(text, None)) for path, text in before.items() if path not in now]
    return changed + gone


def more_than_words(before: Revision | None, after: Revision | None) -> bool:
    """Whether anything at all is different, as a picture or the order of blocks."""
    return bool(before and after and words(before) != words(after))
