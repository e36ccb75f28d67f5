"""How each translation stands to its source, for many pages or snippets in three queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, Page, TranslatableMixin
from wagtail.models.i18n import get_translatable_models

from content.translation.models import Basis

LANGUAGES = dict(settings.LANGUAGES)


class Status(models.TextChoices):
    MISSING = "missing", _("Missing")
    DRAFT = "draft", _("Draft")
    OLDER = "older", _("Older than its source")
    CURRENT = "current", _("Current")


def base_of(model: type[Model]) -> type[Any]:
    """The model whose rows are translations of each other: Page for every page, a snippet's own otherwise."""
    return Page if issubclass(model, Page) else model


def translated_models() -> list[type[Any]]:
    """Page, and every kind of snippet that has both drafts and languages."""
    kinds = {base_of(model) for model in get_translatable_models() if issubclass(model, DraftStateMixin)}
    return sorted(kinds, key=lambda model: (model is not Page, model._meta.label))


def kind_of(model: type[Model]) -> ContentType:
    return ContentType.objects.get_for_model(base_of(model))


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject in every language in which it exists."""

    members: Mapping[str, Any]  # page or snippet by language
    source: Any
    bases: Mapping[str, Basis]  # of the translations, by primary key as text

    @property
    def source_language(self) -> str:
        return str(self.source.locale.language_code)

    def member(self, language: str) -> Any | None:
        """The page or snippet in `language`; a copy that only repeats its source's words is none."""
        return self.members.get(language)

    def basis(self, language: str) -> Basis | None:
        member = self.member(language)
        return self.bases.get(str(member.pk)) if member else None

    def as_of(self, language: str) -> datetime | None:
        """Up to which publication of the source its translation is right, as far as is known."""
        basis, member = self.basis(language), self.member(language)
        return basis.as_of if basis else member and member.last_published_at

    def status(self, language: str) -> Status:
        member = self.member(language)
        if member is None:
            return Status.MISSING
        if not member.live:
            return Status.DRAFT
        changed, known = self.source.last_published_at, self.as_of(language)
        if member.pk != self.source.pk and self.source.live and changed and (known is None or changed > known):
            return Status.OLDER
        return Status.CURRENT

    def has_changes(self, language: str) -> bool:
        """Whether the source was published again since; true also of a draft, whose status does not say it."""
        member, changed, known = self.member(language), self.source.last_published_at, self.as_of(language)
        if member is None or member.pk == self.source.pk or not self.source.live or not changed:
            return False
        return known is not None and changed > known


def source_of(members: Mapping[str, Any], bases: Mapping[str, Basis]) -> Any:
    """The one that was not made from another; of several, the one in the site's first language."""
    originals = {code: member for code, member in members.items() if str(member.pk) not in bases} or dict(members)
    return next((originals[code] for code in LANGUAGES if code in originals), next(iter(originals.values())))


def subjects_of(model: type[Model], members: Iterable[Any]) -> dict[UUID, Subject]:
    """By translation key; `members` are rows of `model` with their locales. One query."""
    groups: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for member in members:
        if not getattr(member, "alias_of_id", None):
            groups[member.translation_key][member.locale.language_code] = member
    keys = [str(member.pk) for group in groups.values() for member in group.values()]
    rows = Basis.objects.filter(content_type=kind_of(model), object_id__in=keys)
    bases = {row.object_id: row for row in rows}
    return {key: Subject(group, source_of(group, bases), bases) for key, group in groups.items()}


def subjects_for(instances: Iterable[TranslatableMixin]) -> dict[UUID, Subject]:
    """The subjects of these pages, or of these snippets of one model, by translation key. Two queries."""
    instances = list(instances)
    if not instances:
        return {}
    model: Any = base_of(type(instances[0]))
    rows: Any = model.objects.filter(translation_key__in={each.translation_key for each in instances})
    return subjects_of(model, rows.select_related("locale"))


def subject_of(instance: TranslatableMixin) -> Subject:
    """The subject of one page or snippet; of an alias, itself alone."""
    found = subjects_for([instance]).get(instance.translation_key)
    return found or Subject({instance.locale.language_code: instance}, instance, {})
