"""Roles follow the models: written again once the last app of a migrate is done."""

from typing import Any

from django.apps import AppConfig, apps

from clinic.accounts.roles import sync_roles


def sync_after_migrate(sender: AppConfig, **kwargs: Any) -> None:
    """Once for each migrate, when the permissions of every app have been made."""
    last = [config for config in apps.get_app_configs() if config.models_module][-1]
    if sender.label == last.label:
        sync_roles()
