from importlib import import_module

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "clinic.directory"

    def ready(self) -> None:
        import_module("clinic.directory.words")
