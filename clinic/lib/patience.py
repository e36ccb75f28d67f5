"""How long one request waits for the cache, whoever asks it in its name: 0.3 seconds, all calls together.

The page cache, sessions and every other use of Valkey in a request draw on the same 0.3 seconds, and share one
circuit breaker. Work behind requests (jobs, commands) is not counted. The two blocks are classes, for a page from
the cache passes both, and a generator costs it three times as much.
"""

import threading
import time

from clinic.lib.breaker import Breaker

PATIENCE = 0.3  # seconds
breaker = Breaker(rest=5)  # seconds


class Account(threading.local):
    """Seconds that the request of this thread has waited; None outside a request."""

    waited: float | None = None


_account = Account()


class one_request:  # noqa: N801 # read as a verb: with one_request()
    """A request begins and ends: its account is opened and closed."""

    def __enter__(self) -> None:
        _account.waited = 0.0

    def __exit__(self, *fault: object) -> None:
        _account.waited = None


def seconds_left() -> float:
    """What the request may still wait; the whole patience outside a request."""
    return PATIENCE if _account.waited is None else max(0.0, PATIENCE - _account.waited)


class waiting:  # noqa: N801
    """Charge the time of the block to the request."""

    __slots__ = ("began",)

    def __enter__(self) -> None:
        self.began = time.monotonic()

    def __exit__(self, *fault: object) -> None:
        if _account.waited is not None:
            _account.waited += time.monotonic() - self.began
