"""Who may change which snippet of the frame: the permissions of its model, in the languages that one writes."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from clinic.accounts.models import User
from home.models import Announcement, EditorialSnippet, Footer, Menu, Partner

SNIPPETS: tuple[type[EditorialSnippet], ...] = (Announcement, Footer, Menu, Partner)


def languages_of(user: Any) -> list[str]:
    """The codes of the languages that `user` writes, in the order of the settings."""
    return [code for code, _name in settings.LANGUAGES if user.has_perm(f"accounts.write_{code}")]


class LanguagePolicy(ModelPermissionPolicy):
    """Wagtail's own knows no languages: without this a publisher of Arabic would publish English too."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if not self.user_has_permission(user, action):
            return False
        return instance.locale_id is None or instance.locale.language_code in languages_of(user)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        found: QuerySet[Any] = super().instances_user_has_any_permission_for(user, actions)
        return found.filter(locale__language_code__in=languages_of(user))

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Any) -> QuerySet[User]:
        writers = User.objects.with_perm(
            f"accounts.write_{instance.locale.language_code}", backend="django.contrib.auth.backends.ModelBackend"
        )
        found: QuerySet[User] = self.users_with_any_permission(actions)
        return found.filter(pk__in=writers.values("pk"))


def register_policies() -> None:
    for model in SNIPPETS:
        register_permission_policy(model, LanguagePolicy(model))
