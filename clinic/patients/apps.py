from importlib import import_module

from django.apps import AppConfig


class PatientsConfig(AppConfig):
    name = "clinic.patients"

    def ready(self) -> None:
        import_module("clinic.patients.words")
        # Who was merged into a patient before goes where that patient goes.
        import_module("clinic.patients.followers").follow(self.get_model("Patient"), "merged_into")
