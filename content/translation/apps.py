from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "content.translation"
    label = "translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        import_module("content.translation.receivers").connect()
