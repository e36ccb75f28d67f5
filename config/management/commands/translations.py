from argparse import ArgumentParser
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.env import ROOT
from config.translations import catalogue
from config.translations.soundness import findings

LANGUAGE = "ar"  # the sources are English


class Command(BaseCommand):
    help = "Keep the Arabic catalogue: extract the texts of the sources, check the translations, compile them."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["extract", "check", "compile"])

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        self.locale_dir = settings.LOCALE_PATHS[0]
        self.path = catalogue.catalogue_path(self.locale_dir, LANGUAGE)
        {"extract": self.extract_texts, "check": self.check_texts, "compile": self.compile_texts}[action]()

    def extract_texts(self) -> None:
        """Bring the catalogue up to date; known translations stay."""
        fresh = catalogue.updated_catalogue(catalogue.read_catalogue(self.path), source_messages(), LANGUAGE)
        changed = catalogue.write_catalogue(fresh, self.path)
        missing = sum(1 for entry in fresh if not entry.translated())
        self.stdout.write(f"{len(fresh)} texts, {missing} to translate, {'written' if changed else 'unchanged'}.")

    def check_texts(self) -> None:
        """Exit 1 and say why when a text is missing, stale or unsound in Arabic."""
        faults = list(findings(catalogue.read_catalogue(self.path), source_messages()))
        if faults:
            raise CommandError("\n".join([*faults, f"{len(faults)} faults in the Arabic catalogue."]))
        self.stdout.write("Every text is translated.")

    def compile_texts(self) -> None:
        """Compile what changed; needs none of the developers' tools."""
        try:
            written = catalogue.compile_translations(self.locale_dir)
        except OSError as fault:
            raise CommandError(f"The translations cannot be compiled: {fault}") from None
        self.stdout.write(f"{written} compiled.")


def source_messages() -> Any:
    # Babel is a tool of developers: a clinic that only compiles does not have it.
    try:
        return import_module("config.translations.sources").source_messages(ROOT)
    except ModuleNotFoundError as fault:
        raise CommandError(f"{fault.name} is missing: install requirements-dev.txt.") from None
