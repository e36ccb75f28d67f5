"""`./run simulate day|kills`: tests/simulation against the portal that runs here, or on servers of their own."""

import asyncio
import sys

from config.commands.manage import become
from config.commands.tests import run_on_servers
from config.env import inherited


def main(arguments: list[str]) -> int:
    argv = [sys.executable, "-m", "tests.simulation", *arguments]
    if arguments[:1] == ["kills"]:
        return asyncio.run(run_on_servers(argv, settings="config.settings.test", careless=True))
    become(argv, inherited())
    return 0
