"""The parts of a text: headings with anchors, the table of contents, the questions that it answers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from wagtail.blocks import StreamValue
from wagtail.rich_text import get_text_for_indexing


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the text. Headings carry the anchor by which addresses name them, unique in the text."""

    block: StreamValue.StreamChild
    anchor: str = ""

    @property
    def title(self) -> str:
        return str(self.block.value) if self.anchor else ""


def parts_of(body: Iterable[StreamValue.StreamChild]) -> list[Part]:
    """The blocks in their order. Anchors are made of the words of a heading, in either script."""
    taken: set[str] = set()
    return [
        Part(block, free_anchor(str(block.value), taken) if block.block_type == "heading" else "") for block in body
    ]


def free_anchor(text: str, taken: set[str]) -> str:
    """An anchor for `text` that is not among `taken`, to which it is added."""
    wish = slugify(text, allow_unicode=True) or "part"
    anchor, number = wish, 2
    while anchor in taken:
        anchor, number = f"{wish}-{number}", number + 1
    taken.add(anchor)
    return anchor


def headings(parts: Iterable[Part]) -> list[Part]:
    return [part for part in parts if part.anchor]


def questions_in(body: StreamValue) -> Iterator[dict[str, Any]]:
    """A schema.org `Question` for each question of the text. Asks the database nothing."""
    for block in body.raw_data:
        if block["type"] == "faq":
            yield from (question_node(item.get("value", item)) for item in block["value"]["questions"])


def question_node(value: dict[str, str]) -> dict[str, Any]:
    answer = " ".join(get_text_for_indexing(value["answer"]).split())
    return {
        "@type": "Question",
        "name": value["question"],
        "acceptedAnswer": {"@type": "Answer", "text": answer},
    }
