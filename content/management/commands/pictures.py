from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.models import ClinicImage
from content.pictures.round import prepare_all


class Command(BaseCommand):
    help = "Prepares the sizes and formats of pictures, as a task does after each upload."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["prepare"], help="prepare: make every file that a picture lacks")

    def handle(self, *, verbosity: int, **options: Any) -> None:
        made = faults = 0
        for step in prepare_all():
            made += step.made
            faults += bool(step.fault)
            if verbosity:
                done = step.fault or f"{step.made} files in {step.seconds:.1f} s"
                self.stdout.write(f"{step.image.pk} {step.image.title}: {done}")
                self.stdout.flush()
        if faults:
            raise CommandError(f"{faults} pictures could not be prepared; their faults stand above.")
        if verbosity:
            self.stdout.write(f"{ClinicImage.objects.count()} pictures, {made} files made.")
