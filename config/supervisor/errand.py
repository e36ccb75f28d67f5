"""A command that needs the two servers, for as long as it runs."""

import asyncio
import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

from config.env import ROOT


async def run_errand(argv: list[str], *, environment: dict[str, str]) -> int:
    """Run `argv` at this terminal and return its exit code; Ctrl-C is the command's to handle."""
    with deaf_to_ctrl_c():
        process = await asyncio.create_subprocess_exec(*argv, env=environment, cwd=ROOT)
        for each in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(each, process.terminate)
        code = await process.wait()
    return code if code >= 0 else 128 - code


@contextlib.contextmanager
def deaf_to_ctrl_c() -> Iterator[None]:
    """The command shares our terminal and gets Ctrl-C by itself; we stay to stop the servers afterwards.

    A handler that does nothing, rather than SIG_IGN, which the command would inherit.
    """
    before = signal.signal(signal.SIGINT, ignore)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def ignore(number: int, frame: FrameType | None) -> None:
    """Do nothing."""
