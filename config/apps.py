from importlib import import_module

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        # Whoever may enqueue must have our Celery application as the current one.
        import_module("config.celery")
