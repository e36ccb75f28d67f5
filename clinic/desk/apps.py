from importlib import import_module

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "clinic.desk"

    def ready(self) -> None:
        import_module("clinic.desk.policies").register_policies()
        import_module("clinic.desk.words")
