"""The published snippets of the frame, in the reader's language.

One rule holds where one is not published in that language (docs/decisions/0028): what a page cannot do without, the
menu, the footer and an emergency, is shown in the other language; what stands in a list is left out.
"""

from typing import Any, TypeVar

from django.db.models import Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Site

from home.models.announcements import Announcement, Level
from home.models.editorial import EditorialSnippet
from home.models.partners import Partner
from home.models.settings import SiteNavigation

Snippet = TypeVar("Snippet", bound=EditorialSnippet)


def published(model: type[Snippet]) -> QuerySet[Snippet]:
    """The published rows of `model` in the active language, without those that have expired.

    Expired rows are unpublished by a job that runs each minute; nobody should see one in that minute.
    """
    return unexpired(model).filter(locale__language_code=get_language() or "en")


def unexpired(model: type[Snippet]) -> QuerySet[Snippet]:
    rows = model.objects.filter(live=True)
    return rows.filter(Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()))


def live_partners() -> QuerySet[Partner]:
    return published(Partner).select_related("logo")


def live_announcements() -> list[Announcement]:
    """The most urgent first, of each level the newest; an emergency in whatever language there is."""
    urgency, own = list(Level), Q(locale__language_code=get_language() or "en")
    here = unexpired(Announcement).filter(own)
    elsewhere = ~own & Q(level=Level.EMERGENCY) & ~Q(translation_key__in=here.values("translation_key"))
    newest_first = unexpired(Announcement).filter(own | elsewhere).select_related("locale")
    newest_first = newest_first.order_by("-last_published_at")
    return sorted(newest_first, key=lambda each: urgency.index(Level(each.level)))


def chosen(site: Site | None, part: str) -> Any:
    """The menu ("header") or the footer ("footer") that `site` shows in the active language: one query; or None."""
    model = SiteNavigation._meta.get_field(part).related_model
    key = SiteNavigation.objects.filter(site=site).values(f"{part}__translation_key")
    return in_readers_language(model.objects.filter(translation_key=Subquery(key)))


def published_translation(snippet: Snippet | None) -> Snippet | None:
    """`snippet` in the active language; while that is not published, in a language in which it is."""
    if snippet is None:
        return None
    return in_readers_language(type(snippet).objects.filter(translation_key=snippet.translation_key))


def in_readers_language(translations: QuerySet[Snippet]) -> Snippet | None:
    """Of the `translations` of one snippet, the published one that a reader gets."""
    by_language = {row.locale.language_code: row for row in translations.filter(live=True).select_related("locale")}
    return by_language.get(get_language() or "en") or next(iter(by_language.values()), None)


def foreign(snippet: EditorialSnippet | None) -> str:
    """The language of a published snippet that is not the reader's; empty for the reader's own."""
    if snippet is None or snippet.locale_id is None:
        return ""
    language = str(snippet.locale.language_code)
    return "" if language == get_language() else language
