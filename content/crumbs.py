"""The way from the home page to a page, as components/breadcrumbs.html shows it."""

from django.http import HttpRequest
from wagtail.models import Page


def crumbs_to(page: Page, *, request: HttpRequest) -> list[dict[str, str]]:
    """`{"title", "url"}` of each page between home and `page`; `page` itself comes last, without an address."""
    between = page.get_ancestors().filter(depth__gt=2).live().select_related("locale")
    crumbs = [{"title": each.title, "url": each.get_url(request) or ""} for each in between]
    return [*crumbs, {"title": page.title, "url": ""}]
