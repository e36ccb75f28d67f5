"""`manage.py search rebuild | status`: the index of the site search."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count

from content.search.index import rebuild
from content.search.models import Entry


class Command(BaseCommand):
    help = "Make the index of the site search again, or say what it holds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["rebuild", "status"])
        parser.add_argument("--if-empty", action="store_true", help="rebuild only an index that holds nothing")

    def handle(self, *args: Any, action: str, if_empty: bool, **options: Any) -> None:
        if action == "status":
            self.show_status()
        elif if_empty and Entry.objects.exists():
            self.stdout.write("The index is there already.")
        else:
            self.stdout.write(f"The index holds {rebuild()} entries.")

    def show_status(self) -> None:
        rows = Entry.objects.values_list("language", "kind").annotate(entries=Count("pk")).order_by("language", "kind")
        for language, kind, entries in rows:
            self.stdout.write(f"{language}  {kind:<12}{entries:>6}")
        if not rows:
            self.stdout.write("The index is empty: run `manage.py search rebuild`.")
