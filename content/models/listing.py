"""Published pages in the order in which lists show them, each with the address that its link needs."""

from collections.abc import Iterable
from typing import Any, Self, TypeVar

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from content.restrictions import is_restricted

AnyPage = TypeVar("AnyPage", bound=Page)


class ListedQuerySet(PageQuerySet):
    def listed(self, index: Page | None = None) -> Self:
        """What everybody may read: below `index`, or all that is in the active language."""
        found = self.live().filter(~is_restricted())
        return found.child_of(index) if index else found.filter(locale__language_code=get_language() or "en")


class ArticleQuerySet(ListedQuerySet):
    def listed(self, index: Page | None = None) -> Self:
        """The newest first, with their pictures."""
        found = super().listed(index).select_related("picture").prefetch_related("picture__renditions")
        return found.order_by("-date", "-pk")

    def before(self, article: Any) -> Self:
        return self.filter(Q(date__lt=article.date) | Q(date=article.date, pk__lt=article.pk))

    def after(self, article: Any) -> Self:
        """The nearest first."""
        later = self.filter(Q(date__gt=article.date) | Q(date=article.date, pk__gt=article.pk))
        return later.order_by("date", "pk")


ListedManager = PageManager.from_queryset(ListedQuerySet)
ArticleManager = PageManager.from_queryset(ArticleQuerySet)


def linked(pages: Iterable[AnyPage], request: HttpRequest | None) -> list[AnyPage]:
    """`pages`, each with its address as `href`."""
    found: list[Any] = list(pages)
    for page in found:
        page.href = page.get_url(request)
    return found
