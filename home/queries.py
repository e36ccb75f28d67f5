"""The published snippets of the frame, in the reader's language."""

from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from home.models.announcements import Announcement, Level
from home.models.editorial import EditorialSnippet
from home.models.partners import Partner

Snippet = TypeVar("Snippet", bound=EditorialSnippet)


def published(model: type[Snippet]) -> QuerySet[Snippet]:
    """The published rows of `model` in the active language, without those that have expired.

    Expired rows are unpublished by a job that runs each minute; nobody should see one in that minute.
    """
    rows = model.objects.filter(live=True, locale__language_code=get_language() or "en")
    return rows.filter(Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()))


def live_partners() -> QuerySet[Partner]:
    return published(Partner).select_related("logo").prefetch_related("logo__renditions")


def live_announcements() -> list[Announcement]:
    """The most urgent first, of each level the newest."""
    urgency = list(Level)
    newest_first = published(Announcement).order_by("-last_published_at")
    return sorted(newest_first, key=lambda each: urgency.index(Level(each.level)))


def published_translation(snippet: Snippet | None) -> Snippet | None:
    """`snippet` in the active language; while that is not published, the published one it was translated from."""
    if snippet is None:
        return None
    language, shown = get_language() or "en", snippet if snippet.live else None
    if snippet.locale.language_code == language:
        return shown
    rows = type(snippet).objects.filter(translation_key=snippet.translation_key, live=True)
    return rows.filter(locale__language_code=language).first() or shown
