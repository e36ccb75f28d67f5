from importlib import import_module

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "clinic.scheduling"

    def ready(self) -> None:
        # Its models can be imported only now.
        import_module("clinic.scheduling.messages").register_kinds()
        import_module("clinic.scheduling.reminders.messages").register_reminder()
