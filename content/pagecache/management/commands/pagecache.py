from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.pagecache import tasks, versions, warming
from content.pagecache.link import LinkFault
from content.pagecache.state import read_state


class Command(BaseCommand):
    help = "The cache of whole pages: warm it, make all of it old, or see how it does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "action", choices=["warm", "flush", "status"], help="flush: make every stored page old, then warm"
        )
        parser.add_argument("--here", action="store_true", help="warm in this process instead of the worker's")

    def handle(self, *, action: str, here: bool, **options: Any) -> None:
        try:
            if action == "flush":
                versions.flush()
                self.stdout.write("Every stored page is old now.")
            if action in ("warm", "flush"):
                self.warm(here=here)
            else:
                self.show()
        except LinkFault as fault:
            raise CommandError(f"The cache does not answer: {fault}.") from None

    def warm(self, *, here: bool) -> None:
        if not here:
            tasks.warm_pages.delay()
            self.stdout.write("The worker warms the pages; `pagecache status` tells how far it is.")
        elif end := warming.warm():
            self.stdout.write(f"{end.kept} of {end.total} pages are in the cache.")
        else:
            self.stdout.write("Another process warms the pages already.")

    def show(self) -> None:
        state = read_state()
        progress = state.warming
        self.stdout.write(f"entries  {state.entries}")
        self.stdout.write(f"answers  {state.hits} hits, {state.stale} stale, {state.misses} misses")
        for doing, number in sorted(state.faults.items()):
            self.stdout.write(f"faults   {number} {doing}")
        self.stdout.write(f"debts    {state.debts}")
        self.stdout.write(f"warming  {progress.done} of {progress.total}, {progress.kept} kept")
