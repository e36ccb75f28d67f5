import logging
from argparse import ArgumentParser, BooleanOptionalAction
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand

from clinic.lib import clock
from content.search.index import rebuild
from home.starter.parts import load_parts
from home.starter.people import Moment

ZONE = ZoneInfo("Asia/Amman")  # of both locations of the starter clinic
SEED = 1446


class Command(BaseCommand):
    help = "Loads the starter clinic once. Running it again adds only what a newer version brought."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="the day that the visits lie around (YYYY-MM-DD)")
        parser.add_argument("--random-seed", type=int, default=SEED, help="makes other patients and visits")
        parser.add_argument(
            "--demo",
            action=BooleanOptionalAction,
            default=None,
            help="load invented patients, visits and accounts too (by default only in the embedded mode)",
        )

    def handle(
        self, *, today: date | None, random_seed: int, demo: bool | None, verbosity: int, **options: Any
    ) -> None:
        demo = settings.DEMO_CLINIC if demo is None else demo
        now = clock.now()
        if today:
            now = datetime.combine(today, now.astimezone(ZONE).time(), tzinfo=ZONE)
        moment = Moment(now=now, today=now.astimezone(ZONE).date(), seed=random_seed)
        logging.disable(logging.INFO)  # a line for each page and partner would hide the progress
        try:
            for loaded in load_parts(moment, demo=demo):
                if verbosity:
                    self.stdout.write(f"{loaded.part.name}: {loaded.created} created in {loaded.seconds:.1f} s")
                    self.stdout.flush()
            entries = rebuild()  # at once: the tasks of so many changes may wait for a worker
        finally:
            logging.disable(logging.NOTSET)
        if verbosity:
            self.stdout.write(f"search: {entries} entries; the worker prepares the pictures")
            self.stdout.write(
                f"Visits lie around {moment.today}, random seed {random_seed}."
                if demo
                else "No patients, visits or accounts were invented; --demo would."
            )
