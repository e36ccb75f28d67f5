"""A circuit breaker: after a failure, a service that is down is left alone for a few seconds.

Without it each call to a dead cache waits for its own time-out, and a page makes many such calls.
"""

import time
from collections.abc import Callable


class Breaker:
    """Open (leave the service alone) for `rest` seconds after each `trip`; safe to share between threads."""

    def __init__(self, *, rest: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.rest = rest
        self.clock = clock
        self.closes_at = 0.0

    @property
    def is_open(self) -> bool:
        return self.clock() < self.closes_at

    def trip(self) -> None:
        self.closes_at = self.clock() + self.rest

    def reset(self) -> None:
        self.closes_at = 0.0
