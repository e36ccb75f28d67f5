"""Wagtail's own events: a copy for another language, a publication, the end of a page or snippet."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import DraftStateMixin, Page, TranslatableMixin
from wagtail.signals import copy_for_translation_done, published

from content.translation.bases import follow_publication, keep_copy
from content.translation.models import Basis
from content.translation.statuses import kind_of


def connect() -> None:
    copy_for_translation_done.connect(copied, dispatch_uid="basis-of-a-copy")
    published.connect(was_published, dispatch_uid="basis-of-what-is-published")
    post_save.connect(was_saved, dispatch_uid="basis-of-a-copied-snippet")
    post_delete.connect(was_deleted, dispatch_uid="basis-of-what-is-gone")


def copied(sender: Any, source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """A copied snippet has not been saved when Wagtail tells of it; a page has."""
    if isinstance(target_obj, DraftStateMixin) and not getattr(target_obj, "alias_of_id", None):
        if target_obj.pk:
            keep_copy(source_obj, target_obj)
        else:
            target_obj.copied_from = source_obj


def was_saved(sender: Any, instance: Any, created: bool, **kwargs: Any) -> None:
    if created and (source := getattr(instance, "copied_from", None)):
        keep_copy(source, instance)


def was_published(sender: Any, instance: Any, revision: Any = None, **kwargs: Any) -> None:
    # Wagtail says "published" of pages and snippets alike.
    if isinstance(instance, TranslatableMixin) and not getattr(instance, "alias_of_id", None):
        follow_publication(instance, revision)


def was_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, TranslatableMixin) and (sender is Page or not isinstance(instance, Page)):
        Basis.objects.filter(content_type=kind_of(sender), object_id=str(instance.pk)).delete()
