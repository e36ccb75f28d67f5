from importlib import import_module

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "content.search"
    label = "search"

    def ready(self) -> None:
        import_module("content.search.receivers").listen()
