"""What the person at the terminal sees."""

import contextlib
import sys
import time
from collections.abc import Iterator

from config.env import env

COLOURS = {
    "web": "36",
    "ws": "36",
    "worker": "35",
    "beat": "34",
    "postgres": "33",
    "valkey": "33",
    "iyada": "32",
    "fault": "31",
}


def say(line: str = "") -> None:
    """Print `line`. A terminal that was closed is no reason to leave servers running."""
    with contextlib.suppress(OSError, ValueError):
        print(line, flush=True)


def paint(text: str, colour: str) -> str:
    if env.no_color or not sys.stdout.isatty():
        return text
    return f"\x1b[{COLOURS.get(colour, '0')}m{text}\x1b[0m"


def log(name: str, line: str) -> None:
    """A line of the process `name`, under its name."""
    say(f"{paint(f'{name:>8} │', name)} {line}")


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """A progress line for something that may take long: at its start, and at its end with the seconds."""
    began = time.monotonic()
    say(f"  … {title}")
    yield
    say(f"  {paint('✓', 'iyada')} {title}: {time.monotonic() - began:.1f} s")
