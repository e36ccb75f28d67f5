from importlib import import_module

from django.apps import AppConfig


class BookingConfig(AppConfig):
    name = "clinic.booking"

    def ready(self) -> None:
        # Its models can be imported only now.
        import_module("clinic.booking.messages").register_kinds()
