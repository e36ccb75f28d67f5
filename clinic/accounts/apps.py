from importlib import import_module

from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "clinic.accounts"
    default = True

    def ready(self) -> None:
        post_migrate.connect(import_module("clinic.accounts.receivers").sync_after_migrate)
        register(import_module("clinic.accounts.checks").check_grants)
        import_module("clinic.accounts.words")


class StaffConfig(WagtailUsersAppConfig):
    """Wagtail's administration of users, with our own forms."""

    user_viewset = "clinic.accounts.viewsets.StaffViewSet"
