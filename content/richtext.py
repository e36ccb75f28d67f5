"""Links of rich text that are never dead: what is not published is shown as plain words."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from content.translation.stand_ins import stand_in_path

PLAIN = "<a>"  # without an address it is no link, for no reader and no machine


class PublishedPageLinkHandler(PageLinkHandler):
    """To the page in the reader's language, or what stands in for it; to nothing that is not published."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """An opening tag for each link, with one query for all of them."""
        keys = [int(attrs["id"]) if str(attrs.get("id", "")).isdecimal() else 0 for attrs in attrs_list]
        chosen = Page.objects.filter(pk__in=keys)
        same = chosen.filter(translation_key=OuterRef("translation_key")).values("pk")
        found = Page.objects.live().filter(translation_key__in=chosen.values("translation_key"))
        found = found.select_related("locale").annotate(stands_for=ArraySubquery(same))
        language = get_language() or "en"
        targets: dict[int, Page] = {}
        for page in found:
            for key in page.stands_for:
                if page.locale.language_code == language or (page.pk == key and key not in targets):
                    targets[key] = page
        return [opening_tag(targets.get(key), language) for key in keys]


def opening_tag(page: Page | None, language: str) -> str:
    """To where readers of `language` find `page`: under its own address, or where it stands in for their own."""
    url = page.url if page else None
    if page and url and page.locale.language_code != language:
        url = stand_in_path(page, language)
    return f'<a href="{escape(url)}">' if url else PLAIN
