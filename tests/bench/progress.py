"""What a measurement says while it runs: on stderr, so that stdout holds nothing but its figures."""

import os
import sys
import time

BEGIN = time.monotonic()


def say(words: str) -> None:
    sys.stderr.write(f"  {time.monotonic() - BEGIN:6.1f} s  {words}\n")
    sys.stderr.flush()


def load() -> float:
    """How many processes wanted to run, on average over the last minute: above the number of cores, all are slowed."""
    return round(os.getloadavg()[0], 1)
