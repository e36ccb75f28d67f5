"""`manage.py maintenance on | off | status`: close the site to visitors of this machine, and open it again."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.maintenance import MINUTES, close_site, minutes_closed, open_site


class Command(BaseCommand):
    help = "Close the site to visitors, with a page in both languages, or open it again. Staff go on working."
    requires_system_checks = []  # it must work when nothing else does

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["on", "off", "status"])
        parser.add_argument("--minutes", type=int, default=MINUTES, help="when visitors are told to come back")

    def handle(self, *args: Any, action: str, minutes: int, **options: Any) -> None:
        if action == "on":
            if minutes < 1:
                raise CommandError("--minutes must be 1 or more.")
            close_site(settings.DATA_DIR, minutes=minutes)
        elif action == "off":
            open_site(settings.DATA_DIR)
        closed = minutes_closed(settings.DATA_DIR)
        self.stdout.write(
            f"The site is closed; visitors are told to come back in {closed} minutes."
            if closed
            else "The site is open."
        )
