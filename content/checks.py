"""House rules of page types, as system checks: a type that breaks one does not start."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

OURS = ("content", "home")  # the rooms whose page types these are
PageType = type[Page]


@register()
def check_page_types(app_configs: Iterable[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    models = [model for model in get_page_models() if model.__module__.partition(".")[0] in OURS]
    return [fault for model in models for fault in faults_of(model, among=models)]


def faults_of(model: PageType, *, among: Iterable[PageType]) -> Iterator[CheckMessage]:
    """What `model` lacks as one of the page types `among`."""
    yield from undeclared(model)
    yield from one_sided(model)
    yield from uncounted(model, among=among)
    yield from unseen(model)
    yield from unpreviewed(model)


def undeclared(model: PageType) -> Iterator[CheckMessage]:
    for name in ("parent_page_types", "subpage_types"):
        if getattr(model, name, None) is None:
            yield Error(
                f"{model.__name__} does not say its {name}: it could stand anywhere.",
                hint="Name the types; an empty list for none.",
                obj=model,
                id="content.E001",
            )


def one_sided(model: PageType) -> Iterator[CheckMessage]:
    """Wagtail allows a pair only if both name each other, and says nothing where one does not."""
    if any(fault.id == "content.E001" for fault in undeclared(model)):
        return
    for child in model.clean_subpage_models():
        if model not in child.clean_parent_page_models():
            yield Error(
                f"{model.__name__} takes {child.__name__}, which does not name it as a parent.",
                hint=f"Add it to {child.__name__}.parent_page_types, or take the child away.",
                obj=model,
                id="content.E002",
            )
    for parent in model.clean_parent_page_models():
        if parent is not Page and model not in parent.clean_subpage_models():
            yield Error(
                f"{model.__name__} wants to stand below {parent.__name__}, which does not take it.",
                hint=f"Add it to {parent.__name__}.subpage_types, or take the parent away.",
                obj=model,
                id="content.E002",
            )


def uncounted(model: PageType, *, among: Iterable[PageType]) -> Iterator[CheckMessage]:
    """The only place for a kind of page is a list of it, and there is one list in each language."""
    lists = any(other.clean_parent_page_models() == [model] for other in among if other is not model)
    if lists and model.max_count is None and model.max_count_per_parent is None:
        yield Error(
            f"{model.__name__} is a list of pages, and there can be any number of it.",
            hint="Set max_count_per_parent = 1.",
            obj=model,
            id="content.E003",
        )


def unseen(model: PageType) -> Iterator[CheckMessage]:
    try:
        get_template(model.template)
    except TemplateDoesNotExist:
        yield Error(f"The template of {model.__name__} does not exist: {model.template}", obj=model, id="content.E004")
    if not model.page_description:
        yield Error(
            f"{model.__name__} has no page_description: editors cannot tell what it is for.",
            obj=model,
            id="content.E005",
        )


def unpreviewed(model: PageType) -> Iterator[CheckMessage]:
    for field in model._meta.local_fields:
        if isinstance(field, StreamField) and isinstance(field.stream_block, StreamBlock):
            for name, block in field.stream_block.child_blocks.items():
                if not block.is_previewable:
                    yield Error(
                        f"The block “{name}” of {model.__name__}.{field.name} has no preview in the picker.",
                        hint="Give it a preview_value, or a preview_template.",
                        obj=model,
                        id="content.E006",
                    )
