from typing import Any

from django.core.management.base import BaseCommand

from clinic.accounts.roles import sync_roles


class Command(BaseCommand):
    help = "Write what each role may do to its group. Runs after each migrate by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        sync_roles()
        self.stdout.write("The groups of all roles are up to date.")
