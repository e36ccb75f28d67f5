"""Keeps the pages about rows of the directory with their rows, and finds them for the views of booking."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.db.models.signals import post_save, pre_delete
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.wagtail_hooks import check_view_restrictions

from clinic.booking.shells import register_finder, register_guard
from clinic.directory.models import Location, Practitioner, Service
from content.models import (
    DoctorPage,
    DoctorsIndexPage,
    LocationPage,
    ServicePage,
    ServicesIndexPage,
)
from content.models.shells import RowPage, WordsPage
from content.restrictions import is_restricted

LISTS: dict[str, type[WordsPage]] = {"services": ServicesIndexPage, "doctors": DoctorsIndexPage}
ROWS: dict[str, type[RowPage]] = {"services": ServicePage, "doctors": DoctorPage}
ALL = "*"  # no slug
OF_ROW: dict[type, type[RowPage]] = {Service: ServicePage, Practitioner: DoctorPage, Location: LocationPage}


def find_shell(kind: str, slug: str) -> WordsPage | None:
    """See `clinic.booking.shells`. One query. Whether the visitor may read it is for `guard`."""
    found: Any = LISTS[kind].objects if not slug else ROWS[kind].objects.filter(slug=slug)
    here = found.live().filter(locale__language_code=get_language() or "en")
    return here.select_related("og_image", "locale").first()


def nearest_page(kind: str, language: str, slug: str = "") -> Page | None:
    """The page whose restrictions hold for the list `kind` or its row `slug`: the row's, else the list's, else home.

    Unpublished words about a row are nobody's yet; a list that is taken down still keeps its rows from strangers.
    """
    home = Site.objects.filter(is_default_site=True).values("root_page__translation_key")
    places = Q(translation_key__in=home) | Q(pk__in=LISTS[kind].objects.values("pk"))
    if slug:
        places |= Q(pk__in=ROWS[kind].objects.live().filter(slug=slug).values("pk"))
    return Page.objects.filter(places, locale__language_code=language).order_by("-depth").first()


def hidden_places(kind: str) -> set[tuple[str, str]]:
    """What of `kind` is no business of search engines, as (language, slug); the slug of the list itself is "".

    `ALL` as a slug is the list with all its rows.
    """
    rows = ROWS[kind].objects.live().filter(Q(noindex=True) | is_restricted())
    hidden = set(rows.values_list("language", "slug"))
    lists = LISTS[kind].objects.live().filter(noindex=True)
    hidden |= {(language, "") for language in lists.values_list("locale__language_code", flat=True)}
    for language, _name in settings.LANGUAGES:
        page = nearest_page(kind, language)
        if page and page.get_view_restrictions().exists():
            hidden.add((language, ALL))
    return hidden


def guard(request: HttpRequest, kind: str, slug: str, serve: Callable[[], HttpResponse]) -> HttpResponse:
    """See `clinic.booking.shells`. One query as long as no page of the site is restricted."""
    if PageViewRestriction.objects.exists():
        page = nearest_page(kind, get_language() or "en", slug)
        if page:
            # As for any page: a form for the password, or the way to the sign-in.
            return check_view_restrictions(lambda *_arguments: serve())(page.specific, request, [], {})
    return serve()


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
    register_guard(guard)
    for row in OF_ROW:
        post_save.connect(follow_row, sender=row, dispatch_uid=f"pages-follow-{row.__name__}")
        pre_delete.connect(leave_with_row, sender=row, dispatch_uid=f"pages-leave-with-{row.__name__}")
