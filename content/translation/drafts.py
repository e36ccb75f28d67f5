"""Writing a translation: always as a draft, never over what somebody else has written meanwhile."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from content.translation.bases import keep_copy
from content.translation.texts import put_words


class Locked(Exception):
    """Somebody has locked the translation, or it waits for approval."""


class ChangedMeanwhile(Exception):
    """The translation has another draft than the one that was looked at."""


def words_now(instance: Any) -> Any:
    """The newest draft of a page or snippet, as its own class."""
    return instance.get_latest_revision_as_object()


def published_words(source: Any) -> Any:
    """What the public reads, as its own class; of what was never published, its draft."""
    whole = source.specific if isinstance(source, Page) else source
    return whole if whole.live else words_now(whole)


def start_translation(source: Any, language: str, *, by: Any) -> Any:
    """A draft of `source` for `language` with the words of the source. Parents that lack there become drafts too.

    Wagtail would make aliases of those parents: published pages of the other language with the words of this one.
    """
    locale = Locale.objects.get(language_code=language)
    with transaction.atomic():
        whole = published_words(source)
        if isinstance(whole, Page):
            parent = whole.get_parent()
            if parent.depth > 1 and not parent.has_translation(locale):
                start_translation(parent, language, by=by)
            copy = release_alias(whole, locale, by=by) or whole.copy_for_translation(locale)
            copy.owner = by
            copy.save(update_fields=["owner"])
            return copy
        copy = whole.copy_for_translation(locale)
        copy.live, copy.has_unpublished_changes = False, True
        copy.first_published_at = copy.last_published_at = copy.live_revision = copy.latest_revision = None
        copy.save()
        revision = copy.save_revision(user=by)
        log(instance=copy, action="wagtail.create", user=by, revision=revision)
        return copy


def release_alias(page: Page, locale: Locale, *, by: Any) -> Page | None:
    """Where an alias holds the place of the translation, that alias as a draft that can be written."""
    alias = page.get_translations().filter(locale=locale, alias_of__isnull=False).first()
    if alias is None:
        return None
    ConvertAliasPageAction(alias, user=by).execute(skip_permission_checks=True)
    alias.refresh_from_db()
    alias.unpublish(user=by)
    keep_copy(page, alias)
    return alias.specific


def write_draft(translation: Any, words: Mapping[str, str], *, source: Any, by: Any, seen: int | None) -> set[str]:
    """Save a draft in which `words`, by path, are replaced; the paths that were found.

    `seen` is the key of the draft that these words answer to. Raises ChangedMeanwhile where that is no longer the
    newest, Locked where it may not be written, ValidationError where its model refuses the words.
    """
    model = type(translation)
    with transaction.atomic():
        row = model.objects.select_for_update(of=("self",)).get(pk=translation.pk)
        if row.latest_revision_id != seen:
            raise ChangedMeanwhile
        lock = row.get_lock()
        if lock and lock.for_user(by):
            raise Locked
        draft = words_now(row)
        found = put_words(draft, words, source=source)
        draft.save_revision(user=by, log_action=True)
    return found
