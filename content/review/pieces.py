"""What a page or snippet is made of, as far as rules ask: texts, headings, pictures, links."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Field, ForeignKey, Model
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from content.blocks.text import HeadingBlock

Kind = Literal["html", "heading", "title", "image", "page"]
# Fields whose picture nobody sees on the page itself, or whose alternative text is the name beside it.
UNSEEN = {"og_image", "logo", "sharing_image"}
# The title of a block that is shown as a heading; of other structs it is a label.
TITLED = {"faq", "callout", "care_card", "contact", "call_to_action"}


@dataclass(frozen=True, slots=True)
class Piece:
    """`value` is HTML as stored, words, or the primary key of an image or page; `place` is the field's label."""

    kind: Kind
    value: Any
    place: str


def pieces_of(subject: Model) -> Iterator[Piece]:
    """In the order of the page. Reads what is stored in `subject` and asks the database nothing."""
    for field in subject._meta.get_fields():
        if isinstance(field, Field) and field.name not in UNSEEN:
            yield from pieces_of_field(subject, field)


def pieces_of_field(subject: Model, field: Field[Any, Any]) -> Iterator[Piece]:
    place = str(field.verbose_name)
    if isinstance(field, StreamField):
        stream = getattr(subject, field.name)
        yield from pieces_of_stream(stream.stream_block, stream.raw_data, place)
    elif isinstance(field, RichTextField):
        yield Piece("html", getattr(subject, field.name) or "", place)
    elif isinstance(field, ForeignKey) and (key := getattr(subject, field.attname)):
        if issubclass(field.related_model, get_image_model()):
            yield Piece("image", key, place)
        elif issubclass(field.related_model, Page) and not field.remote_field.parent_link and field.name != "alias_of":
            yield Piece("page", key, place)


def pieces_of_stream(stream: blocks.BaseStreamBlock, raw: Sequence[Mapping[str, Any]], place: str) -> Iterator[Piece]:
    for child in raw:
        block = stream.child_blocks.get(child["type"])
        if block is not None:
            if child["type"] in TITLED and isinstance(child["value"], Mapping) and child["value"].get("title"):
                yield Piece("title", child["value"]["title"], place)
            yield from pieces_of_block(block, child["value"], str(block.label) or place)


def pieces_of_block(block: blocks.Block, raw: Any, place: str) -> Iterator[Piece]:
    if isinstance(block, blocks.BaseStreamBlock):
        yield from pieces_of_stream(block, raw or [], place)
    elif isinstance(block, blocks.BaseStructBlock):
        raw = raw or {}
        for name, child in block.child_blocks.items():
            if not (raw.get("decorative") and isinstance(child, ImageChooserBlock)):
                yield from pieces_of_block(child, raw.get(name), place)
    elif isinstance(block, blocks.ListBlock):
        for item in raw or []:
            value = item["value"] if isinstance(item, Mapping) and item.get("type") == "item" else item
            yield from pieces_of_block(block.child_block, value, place)
    elif (kind := kind_of(block)) and (raw or kind == "heading"):
        yield Piece(kind, raw or "", place)


def kind_of(block: blocks.Block) -> Kind | None:
    kinds: tuple[tuple[type, Kind], ...] = (
        (blocks.RichTextBlock, "html"),
        (HeadingBlock, "heading"),
        (ImageChooserBlock, "image"),
        (blocks.PageChooserBlock, "page"),
    )
    return next((kind for type_, kind in kinds if isinstance(block, type_)), None)
