"""Keeping the basis of each translation: at its copying, at each publication, and when somebody says so."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision

from content.translation.models import Basis
from content.translation.statuses import Subject, kind_of, subject_of

# What changes without a word or a picture changing.
WORDS_OF_A_PAGE = {"title", "seo_title", "search_description"}
BOOKKEEPING = {field.name for field in Page._meta.get_fields()} - WORDS_OF_A_PAGE | {
    "pk",
    "page_ptr",
    "sort_order",
    "wagtail_admin_comments",
    "comments",
}


def keep_basis(translation: Any, *, revision: Revision | None, as_of: datetime, by: Any = None) -> None:
    Basis.objects.update_or_create(
        content_type=kind_of(type(translation)),
        object_id=str(translation.pk),
        defaults={"revision": revision, "as_of": as_of, "confirmed_by": by},
    )


def keep_copy(source: Any, copy: Any) -> None:
    """`copy` has just been made from the words of `source`, which may itself be a translation."""
    subject = subject_of(source)
    original = source if copy.pk == subject.source.pk else subject.source
    revision = original.live_revision if original.live else original.latest_revision
    keep_basis(copy, revision=revision, as_of=original.last_published_at or timezone.now())


def bring_up_to_date(subject: Subject, language: str, *, by: Any = None) -> None:
    """Somebody has looked, or has just published: the translation takes account of the source as published now."""
    source, translation = subject.source, subject.member(language)
    if translation is None or translation.pk == source.pk or not source.last_published_at:
        return
    keep_basis(translation, revision=source.live_revision, as_of=source.last_published_at, by=by)


def follow_publication(published: Any, revision: Revision | None) -> None:
    """A page or snippet has been published: its own basis, or that of what was translated from it, may move."""
    subject = subject_of(published)
    if subject.source.pk == published.pk:
        for language in subject.members:
            follow_source(subject, language, revision)
    elif revision is None or written_after_source(revision, subject.source):
        bring_up_to_date(subject, published.locale.language_code, by=revision and revision.user)


def written_after_source(revision: Revision, source: Any) -> bool:
    """A timed publication may bring words that were written before the source last changed."""
    return bool(source.last_published_at is None or revision.created_at >= source.last_published_at)


def follow_source(subject: Subject, language: str, revision: Revision | None) -> None:
    """Published again with the same words: the translation is as right as it was."""
    basis = subject.basis(language)
    if basis and revision and basis.revision and words(basis.revision) == words(revision):
        bring_up_to_date(subject, language, by=basis.confirmed_by)


def words(revision: Revision) -> dict[str, Any]:
    return {name: value for name, value in revision.content.items() if name not in BOOKKEEPING}
