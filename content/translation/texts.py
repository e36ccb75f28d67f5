"""The words of a page or snippet, one by one: each with a path that is the same in every language.

Blocks keep their ids when a page is copied for another language, so `body.<id>.title` names the same heading in
both. Words without a letter (numbers, phone numbers) are the same everywhere and are left out.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail_localize.fields import TranslatableField, get_translatable_fields

# Text fields whose words are for programs, the same in both languages or not to be translated.
NEUTRAL = frozenset({"slug", "to_address", "clean_name"})
# More letters than this are not written in one line, whatever the field.
ONE_LINE = 80
SPOKEN = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock, blocks.BlockQuoteBlock)


@dataclass(frozen=True, slots=True)
class Text:
    """`words` are plain, or HTML as Wagtail stores it where `rich`; `features` are what its editor offers."""

    path: str
    label: str
    words: str
    rich: bool = False
    long: bool = False
    required: bool = False
    max_length: int | None = None
    features: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that holds words: a key of a raw block, or a field of a row."""

    path: str
    labels: tuple[str, ...]
    kind: Any
    holder: Any
    key: Any

    def read(self) -> str:
        held = self.holder[self.key] if isinstance(self.holder, dict | list) else getattr(self.holder, self.key)
        return str(held or "")

    def write(self, words: str) -> None:
        if isinstance(self.holder, dict | list):
            self.holder[self.key] = words
        else:
            setattr(self.holder, self.key, words)

    def text(self) -> Text:
        field = self.kind if isinstance(self.kind, models.Field) else getattr(self.kind, "field", None)
        rich = isinstance(self.kind, RichTextField | blocks.RichTextBlock)
        words = self.read()
        many_lines = isinstance(self.kind, models.TextField | blocks.TextBlock | blocks.BlockQuoteBlock)
        return Text(
            path=self.path,
            label=" › ".join(self.labels),
            words=words,
            rich=rich,
            long=many_lines or len(words) > ONE_LINE,
            required=isinstance(self.kind, models.Field) and not self.kind.blank,
            max_length=None if rich else getattr(field, "max_length", None),
            features=tuple(self.kind.features) if rich and self.kind.features else None,
        )


def texts_of(instance: Any) -> list[Text]:
    """In the order of the fields; only what has words in it."""
    return [slot.text() for slot in slots_of(instance, streams_of(instance)) if has_letters(slot.read())]


def has_letters(words: str) -> bool:
    return any(character.isalpha() for character in words)


def fields_of(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """The fields with words; the title first, what is for search engines last."""
    names = [each.field_name for each in get_translatable_fields(model) if isinstance(each, TranslatableField)]
    last = ["seo_title", "search_description"]
    for name in [*(name for name in names if name not in last), *(name for name in last if name in names)]:
        field = model._meta.get_field(name)
        if isinstance(field, models.CharField | models.TextField | StreamField) and name not in NEUTRAL:
            yield field


def streams_of(instance: Any) -> dict[str, list[Any]]:
    """The stored blocks of each StreamField, as a copy that may be changed."""
    return {
        field.name: deepcopy(list(field.stream_block.get_prep_value(getattr(instance, field.name)) or []))
        for field in fields_of(type(instance))
        if isinstance(field, StreamField)
    }


def slots_of(instance: Any, streams: Mapping[str, list[Any]]) -> Iterator[Slot]:
    for field in fields_of(type(instance)):
        label = capfirst(str(field.verbose_name))
        if isinstance(field, StreamField):
            yield from slots_in(field.stream_block, streams, field.name, field.name, (label,))
        else:
            yield Slot(field.name, (label,), field, instance, field.name)
    for relation in get_all_child_relations(type(instance)):
        if relation.related_model.__module__.partition(".")[0] != "wagtail":
            yield from slots_of_children(instance, relation)


def slots_of_children(instance: Any, relation: Any) -> Iterator[Slot]:
    """Rows inside a page, as the fields of a form: known by the name that the form gives them, else by place."""
    name = relation.get_accessor_name()
    for place, child in enumerate(getattr(instance, name).all(), 1):
        label = f"{capfirst(str(child._meta.verbose_name))} {place}"
        known = getattr(child, "clean_name", "") or str(place)
        for field in child._meta.get_fields():
            spoken = isinstance(field, models.CharField | models.TextField) and not field.choices
            if spoken and field.editable and field.name not in NEUTRAL:
                labels = (label, capfirst(str(field.verbose_name)))
                yield Slot(f"{name}.{known}.{field.name}", labels, field, child, field.name)


def slots_in(block: Any, holder: Any, key: Any, path: str, labels: tuple[str, ...]) -> Iterator[Slot]:
    """`holder[key]` is the stored value of `block`."""
    value = holder[key]
    if isinstance(block, SPOKEN):
        yield Slot(path, labels, block, holder, key)
    elif isinstance(block, TypedTableBlock) and isinstance(value, dict):
        yield from slots_in_table(block, value, path, labels)
    elif isinstance(block, blocks.BaseStructBlock) and isinstance(value, dict):
        for name, child in block.child_blocks.items():
            if name in value and name not in NEUTRAL:
                yield from slots_in(child, value, name, f"{path}.{name}", (*labels, str(child.label)))
    elif isinstance(block, blocks.ListBlock | blocks.BaseStreamBlock) and isinstance(value, list):
        for item in value:
            if child := child_of(block, item):
                named = (*labels, str(child.label)) if child.label else labels
                yield from slots_in(child, item, "value", f"{path}.{item['id']}", named)


def slots_in_table(block: Any, value: dict[str, Any], path: str, labels: tuple[str, ...]) -> Iterator[Slot]:
    plain = blocks.CharBlock()
    if "caption" in value:
        yield Slot(f"{path}.caption", labels, plain, value, "caption")
    columns = value.get("columns", [])
    for number, column in enumerate(columns):
        yield Slot(f"{path}.column.{number}", (*labels, str(number + 1)), plain, column, "heading")
    for row_number, row in enumerate(value.get("rows", [])):
        for number, column in enumerate(columns[: len(row["values"])]):
            child = block.child_blocks.get(column["type"])
            place = (*labels, f"{row_number + 1}/{number + 1}")
            if child:
                yield from slots_in(child, row["values"], number, f"{path}.row.{row_number}.{number}", place)


def child_of(block: Any, item: Any) -> Any | None:
    """The kind of block that `item` of a stream or list is; None for one that has no id to be known by."""
    if not isinstance(item, dict) or not item.get("id"):
        return None
    return block.child_block if isinstance(block, blocks.ListBlock) else block.child_blocks.get(item.get("type"))


def put_words(instance: Any, words: Mapping[str, str], *, source: Any = None) -> set[str]:
    """Write `words`, by path, into `instance` without saving it; the paths that were found.

    Blocks that `source` has and `instance` lacks are copied where words are given for something in them, so that
    what was added to the source since finds its place in the translation.
    """
    streams = streams_of(instance)
    if source is not None:
        theirs = streams_of(source)
        for field in fields_of(type(instance)):
            if isinstance(field, StreamField):
                graft(field.stream_block, theirs.get(field.name), streams[field.name], field.name, words)
    found = set()
    for slot in slots_of(instance, streams):
        if slot.path in words:
            slot.write(words[slot.path])
            found.add(slot.path)
    for name, raw in streams.items():
        stream_block = instance._meta.get_field(name).stream_block
        setattr(instance, name, StreamValue(stream_block, raw, is_lazy=True))
    return found


def graft(block: Any, source: Any, target: Any, path: str, words: Mapping[str, str]) -> None:
    if isinstance(block, blocks.BaseStructBlock) and isinstance(source, dict) and isinstance(target, dict):
        for name, child in block.child_blocks.items():
            graft(child, source.get(name), target.get(name), f"{path}.{name}", words)
    if isinstance(block, TypedTableBlock) and isinstance(source, dict) and isinstance(target, dict):
        graft_table(source, target, path, words)
    if not (isinstance(block, blocks.ListBlock | blocks.BaseStreamBlock) and isinstance(source, list)):
        return
    if not isinstance(target, list):
        return
    place = 0
    for item in source:
        if not (child := child_of(block, item)):
            continue
        inside = f"{path}.{item['id']}"
        known = next((index for index, each in enumerate(target) if each.get("id") == item["id"]), None)
        if known is not None:
            graft(child, item["value"], target[known]["value"], inside, words)
            place = known + 1
        elif any(words[each] for each in words if each == inside or each.startswith(f"{inside}.")):
            target.insert(place, deepcopy(item))
            place += 1


def graft_table(source: dict[str, Any], target: dict[str, Any], path: str, words: Mapping[str, str]) -> None:
    """Columns and rows that the source has gained at its end; a table knows them by their place alone."""
    columns, rows = target.setdefault("columns", []), target.setdefault("rows", [])
    wide, high = len(columns), len(rows)
    given = [each.removeprefix(f"{path}.").split(".") for each in words if each.startswith(f"{path}.") and words[each]]
    across = [int(place[{"column": 1, "row": 2}[place[0]]]) for place in given if place[0] in {"column", "row"}]
    down = [int(place[1]) for place in given if place[0] == "row"]
    if max(across, default=0) >= wide:
        columns += deepcopy(source["columns"][wide:])
        for ours, theirs in zip(rows, source["rows"], strict=False):
            ours["values"] += deepcopy(theirs["values"][wide:])
    if max(down, default=0) >= high:
        rows += [{"values": deepcopy(row["values"][: len(columns)])} for row in source["rows"][high:]]
