"""Where a page is linked from, asked before it goes: its links would turn into plain words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex, TranslatableMixin

AGREED = "links_agreed"


@dataclass(frozen=True, slots=True)
class Place:
    """Something published that links to a page; `url` leads to its editor, for who may open it."""

    title: str
    kind: str
    language: str
    url: str | None


def places_that_link_to(pages: Iterable[Page], *, descendants: bool, user: Any) -> list[Place]:
    """What is published and links to one of `pages`, or to what stands below them, without these themselves."""
    pages = list(pages)
    below = Q(pk__in=[page.pk for page in pages])
    if descendants:
        for page in pages:
            below |= Q(path__startswith=page.path)
    leaving = {str(key) for key in Page.objects.filter(below).values_list("pk", flat=True)}
    kind = ContentType.objects.get_for_model(Page)
    rows = ReferenceIndex.objects.filter(to_content_type=kind, to_object_id__in=leaving)
    rows = rows.exclude(base_content_type=kind, object_id__in=leaving)
    finder, found = AdminURLFinder(user), []
    for type_id, keys in grouped(rows.values_list("content_type_id", "object_id").distinct()).items():
        there = ContentType.objects.get_for_id(type_id).get_all_objects_for_this_type(pk__in=keys)
        if issubclass(there.model, TranslatableMixin):
            there = there.select_related("locale")
        found += [place_of(row, finder) for row in there if getattr(row, "live", True)]
    return sorted(found, key=lambda place: (place.kind, place.title))


def grouped(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    by_type: dict[int, list[str]] = {}
    for type_id, key in rows:
        by_type.setdefault(type_id, []).append(key)
    return by_type


def place_of(row: Model, finder: AdminURLFinder) -> Place:
    locale = getattr(row, "locale", None)
    return Place(
        title=str(row),
        kind=str(row._meta.verbose_name),
        language=str(locale) if locale else "",
        url=finder.get_edit_url(row),
    )


def ask_about_links(
    request: HttpRequest, pages: Iterable[Page], *, descendants: bool, deleting: bool
) -> HttpResponse | None:
    """The question with the list of places, once; None when nothing links there or somebody has agreed."""
    if request.method != "POST" or AGREED in request.POST:
        return None
    pages = list(pages)
    places = places_that_link_to(pages, descendants=descendants, user=request.user)
    if not places:
        return None
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    kept = [(name, value) for name, value in typed if name != "csrfmiddlewaretoken"]
    words = {"places": places, "pages": pages, "deleting": deleting, "kept": [*kept, (AGREED, "1")]}
    return TemplateResponse(request, "home/admin/linked.html", words)
