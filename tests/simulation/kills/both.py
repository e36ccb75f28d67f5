"""All kills, on an empty database of its own; the figures, and whether every promise was kept."""

import logging
import sys
from random import Random

import django
from django.core.management import call_command


def main(*, runs: int, seed: int) -> int:
    django.setup()
    logging.disable(logging.ERROR)
    call_command("migrate", verbosity=0)
    # Only now can models be imported.
    from tests.concurrency.conftest import found_site
    from tests.simulation.conftest import ask_here
    from tests.simulation.kills.senders import kill_senders
    from tests.simulation.kills.web import kill_web

    say(f"seed {seed}")
    found_site()
    web = kill_web(ask_here, runs=runs, dice=Random(f"{seed} web"))
    say(str(web))
    senders = kill_senders(runs=runs, dice=Random(f"{seed} senders"))
    say(str(senders))
    for fault in (*web.broken, *senders.lost, *senders.doubled):
        say(f"  {fault}")
    is_sound = web.is_sound and senders.is_sound
    say(f"seed {seed}: {'every promise was kept' if is_sound else 'a promise was broken'}")
    return 0 if is_sound else 1


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
