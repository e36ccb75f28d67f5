"""Who may read and change which side of a translation: what Wagtail's own policies say of each page and snippet."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from content.translation.statuses import LANGUAGES, Subject, subject_of, translated_models


def may(user: Any, action: str, subject: Any) -> bool:
    """Whether `user` may "change" or "publish" this page or snippet."""
    if isinstance(subject, Page):
        permissions = subject.permissions_for_user(user)
        return bool(permissions.can_edit() if action == "change" else permissions.can_publish())
    return bool(policy_registry.get(subject).user_has_permission_for_instance(user, action, subject))


def may_read(user: Any, instance: Any) -> bool:
    """What is published may be read by everybody who writes; a draft by those who may change it."""
    return bool(instance.live or may(user, "change", instance))


def may_start(user: Any, source: Any, language: str) -> bool:
    """Whether `user` may add this subject in `language`: the same as adding a page below its parent there."""
    if not may_read(user, source):
        return False
    if isinstance(source, Page):
        parent = parent_in(source, language)
        return bool(parent and parent.permissions_for_user(user).can_add_subpage())
    return language in languages_to_add(type(source), user)


def languages_to_add(model: type[Any], user: Any) -> set[str]:
    """In which languages `user` may add a page somewhere, or a snippet of this model."""
    if issubclass(model, Page):
        homes = Page.objects.filter(depth=2).select_related("locale")
        return {home.locale.language_code for home in homes if home.permissions_for_user(user).can_add_subpage()}
    if not policy_registry.get_by_type(model).user_has_permission(user, "add"):
        return set()
    locales = Locale.objects.filter(language_code__in=LANGUAGES)
    return {locale.language_code for locale in locales if may(user, "change", model(locale=locale))}


def parent_in(page: Page, language: str) -> Page | None:
    """Below which page of `language` the translation would stand: the nearest ancestor that exists there.

    For a home page, whose ancestor has no language, the root of all pages.
    """
    for ancestor in page.get_ancestors().order_by("-depth").select_related("locale"):
        if ancestor.depth == 1:
            return ancestor if page.depth == 2 else None
        found = ancestor.get_translations().filter(locale__language_code=language).first()
        if found:
            return found.specific
    return None


def model_named(label: str) -> type[Any]:
    """ "wagtailcore.page", "home.menu"; 404 for what has no languages."""
    for model in translated_models():
        if model._meta.label_lower == label:
            return model
    raise Http404


def find(label: str, pk: str) -> tuple[Any, Subject]:
    """A page or snippet as its own class, and its subject."""
    model = model_named(label)
    key = model._meta.pk
    try:
        instance = model.objects.get(pk=key.to_python(pk)) if key else None
    except (model.DoesNotExist, ValidationError, ValueError, TypeError, OverflowError):
        raise Http404 from None
    if instance is None or (isinstance(instance, Page) and instance.depth < 2):
        raise Http404
    return (instance.specific if isinstance(instance, Page) else instance), subject_of(instance)


def label_of(instance: Any) -> str:
    return "wagtailcore.page" if isinstance(instance, Page) else str(instance._meta.label_lower)
