"""Keeps the pages about rows of the directory with their rows, and finds them for the views of booking."""

from typing import Any

from django.db.models.signals import post_save, pre_delete
from django.utils.translation import get_language
from wagtail.contrib.redirects.models import Redirect

from clinic.booking.shells import register_finder
from clinic.directory.models import Location, Practitioner, Service
from content.models import (
    DoctorPage,
    DoctorsIndexPage,
    LocationPage,
    ServicePage,
    ServicesIndexPage,
)
from content.models.listing import is_restricted
from content.models.shells import RowPage, WordsPage

LISTS: dict[str, type[WordsPage]] = {"services": ServicesIndexPage, "doctors": DoctorsIndexPage}
ROWS: dict[str, type[RowPage]] = {"services": ServicePage, "doctors": DoctorPage}
OF_ROW: dict[type, type[RowPage]] = {Service: ServicePage, Practitioner: DoctorPage, Location: LocationPage}


def find_shell(kind: str, slug: str) -> WordsPage | None:
    """See `clinic.booking.shells`. One query."""
    found: Any = LISTS[kind].objects if not slug else ROWS[kind].objects.filter(slug=slug)
    here = found.live().filter(~is_restricted(), locale__language_code=get_language() or "en")
    return here.select_related("og_image", "locale").first()


def follow_row(sender: type, instance: Any, **kwargs: Any) -> None:
    """A row that is renamed renames its pages; an address that somebody may have kept leads to the new one."""
    if kwargs.get("raw"):
        return
    for page in OF_ROW[sender].objects.filter(**{OF_ROW[sender].row_field: instance}):
        before = page.get_url(), page.title, page.slug
        setattr(page, page.row_field, instance)
        page.follow_row()
        if (page.title, page.slug) != before[1:]:
            page.save(clean=False)
        if before[0] and page.slug != before[2]:
            Redirect.add_redirect(before[0], redirect_to=page.get_url() or "", is_permanent=True)


def leave_with_row(sender: type, instance: Any, **kwargs: Any) -> None:
    """Through the tree, which counts its children: the database alone would only take the row of the page away."""
    for page in OF_ROW[sender].objects.filter(**{OF_ROW[sender].row_field: instance}):
        page.delete()


def connect() -> None:
    register_finder(find_shell)
    for row in OF_ROW:
        post_save.connect(follow_row, sender=row, dispatch_uid=f"pages-follow-{row.__name__}")
        pre_delete.connect(leave_with_row, sender=row, dispatch_uid=f"pages-leave-with-{row.__name__}")
