"""When what may be found changes: pages by Wagtail's signals, the directory by Django's.

What closes a page removes it from the index in the same transaction; what opens or changes one is entered
after the commit, by a task.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from clinic.directory.models import Practitioner, Service, Specialty
from content.search import index, tasks
from content.search.enums import Kind
from content.search.shells import SHELLS

ROWS: dict[type[Model], Kind] = {Practitioner: Kind.DOCTOR, Service: Kind.SERVICE, Specialty: Kind.SPECIALTY}


def listen() -> None:
    page_published.connect(enter_page, dispatch_uid="search-page-published")
    page_unpublished.connect(close_page, dispatch_uid="search-page-unpublished")
    post_delete.connect(close_page, sender=Page, dispatch_uid="search-page-deleted")
    page_slug_changed.connect(enter_tree, dispatch_uid="search-page-renamed")
    post_page_move.connect(enter_tree, dispatch_uid="search-page-moved")
    post_save.connect(restrict, sender=PageViewRestriction, dispatch_uid="search-page-restricted")
    post_delete.connect(open_again, sender=PageViewRestriction, dispatch_uid="search-page-opened")
    for shell in SHELLS.values():
        post_delete.connect(close_page, sender=shell, dispatch_uid=f"search-{shell.__name__}-deleted")
    for model in ROWS:
        post_save.connect(enter_row, sender=model, dispatch_uid=f"search-{model.__name__}-saved")
        post_delete.connect(enter_row, sender=model, dispatch_uid=f"search-{model.__name__}-deleted")
    for relation in (Practitioner.specialties, Practitioner.services):
        m2m_changed.connect(relate, sender=relation.through, dispatch_uid=f"search-{relation.through.__name__}")


def enter_page(sender: Any, instance: Page, **kwargs: Any) -> None:
    tasks.refresh_page.enqueue(instance.pk)
    enter_shell(instance)


def close_page(sender: Any, instance: Page, **kwargs: Any) -> None:
    """What a page of its own type says of a row goes with it; the signal of the bare page comes besides."""
    index.forget_pages([instance.pk])
    enter_shell(instance)


def enter_tree(sender: Any, instance: Page, **kwargs: Any) -> None:
    """A new address, or a new parent, which may be restricted."""
    if kwargs.get("url_path_before") != instance.url_path:
        tasks.refresh_below.enqueue(instance.pk)


def restrict(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    if not kwargs.get("raw"):
        index.forget_pages(Page.objects.descendant_of(instance.page, inclusive=True).values_list("pk", flat=True))


def open_again(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    tasks.refresh_below.enqueue(instance.page_id)


def enter_shell(page: Page) -> None:
    """The entry of the row that `page` is about, if it is about one."""
    for kind, model in SHELLS.items():
        if isinstance(page, model) and (key := page.__dict__.get(f"{model.row_field}_id")):
            tasks.refresh_rows.enqueue(kind.value, [key])


def enter_row(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """A row of the directory, and the rows whose entries name it."""
    if kwargs.get("raw"):
        return
    refresh(ROWS[sender], [instance.pk])
    if sender is Service:
        refresh(Kind.DOCTOR, instance.practitioners.values_list("pk", flat=True))
    elif sender is Specialty:
        refresh(Kind.DOCTOR, instance.practitioners.values_list("pk", flat=True))
        refresh(Kind.SERVICE, instance.services.values_list("pk", flat=True))
    else:  # who is listed decides which specialties are offered
        refresh(Kind.SPECIALTY, Specialty.objects.filter(practitioners=instance.pk).values_list("pk", flat=True))


def relate(sender: Any, instance: Any, action: str, pk_set: Iterable[int] | None, **kwargs: Any) -> None:
    if action not in {"post_add", "post_remove"} or not isinstance(instance, Practitioner):
        return
    refresh(Kind.DOCTOR, [instance.pk])
    if kwargs["model"] is Specialty:
        refresh(Kind.SPECIALTY, pk_set or [])


def refresh(kind: Kind, keys: Iterable[int]) -> None:
    if found := sorted(set(keys)):
        tasks.refresh_rows.enqueue(kind.value, found)
