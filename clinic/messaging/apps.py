from importlib import import_module

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "clinic.messaging"

    def ready(self) -> None:
        import_module("clinic.messaging.words")
