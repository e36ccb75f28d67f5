"""`./run bench slots|booking|pages|board [--json]`: the measurements of tests/bench on servers of their own."""

import asyncio
import contextlib
import sys

from config.commands.tests import run_on_servers


def main(arguments: list[str]) -> int:
    argv = [sys.executable, "-m", "tests.bench", *arguments]
    # What starting the servers says is not part of the figures; the measurement itself writes to the real stdout.
    with contextlib.redirect_stdout(sys.stderr):
        return asyncio.run(run_on_servers(argv, settings="config.settings.dev", careless=False))
