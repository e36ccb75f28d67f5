from importlib import import_module

from django.apps import AppConfig


class PatientsConfig(AppConfig):
    name = "clinic.patients"

    def ready(self) -> None:
        import_module("clinic.patients.words")
