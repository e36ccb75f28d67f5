"""An emergency banner in both languages at once: what is urgent should not wait for a translation's workflow."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Locale

from home.editors.policies import languages_of
from home.models import Announcement, Level


@transaction.atomic
def announce_emergency(
    *, messages: Mapping[str, str], phone: str, ends: datetime | None, by: Any
) -> list[Announcement]:
    """Publish one banner in each language of `messages` (code: text), tied to each other as translations.

    `phone` is E.164 or empty; without `ends` the banners stand until somebody takes them down.
    """
    key = uuid4()
    link = [("link", {"label": "", "phone": phone})] if phone else []
    banners = []
    for locale in Locale.objects.filter(language_code__in=messages).order_by("pk"):
        banner = Announcement(
            locale=locale,
            translation_key=key,
            message=messages[locale.language_code],
            level=Level.EMERGENCY,
            link=link,
            expire_at=ends,
            live=False,
        )
        banner.full_clean()
        banner.save()
        banner.save_revision(user=by, log_action=True).publish(user=by, log_action=True)
        banners.append(banner)
    return banners


def live_emergencies(user: Any) -> QuerySet[Announcement]:
    """Those on the site now, in the languages that `user` writes; the newest first."""
    rows = Announcement.objects.filter(live=True, level=Level.EMERGENCY).select_related("locale")
    return rows.filter(locale__language_code__in=languages_of(user)).order_by("-last_published_at", "pk")


@transaction.atomic
def take_down(*, banner: Announcement, by: Any) -> int:
    """Unpublish `banner` and its translations, as far as `by` writes their languages; how many that were."""
    down = 0
    for each in live_emergencies(by).filter(translation_key=banner.translation_key):
        each.unpublish(user=by, log_action=True)
        down += 1
    return down
