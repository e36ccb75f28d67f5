"""How long one request waits for the cache, whoever asks it in its name: 0.3 seconds, all calls together.

The page cache, sessions and every other use of Valkey in a request draw on the same 0.3 seconds, and share one
circuit breaker. Work behind requests (jobs, commands) is not counted.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from clinic.lib.breaker import Breaker

PATIENCE = 0.3  # seconds
breaker = Breaker(rest=5)  # seconds


class Account(threading.local):
    """Seconds that the request of this thread has waited; None outside a request."""

    waited: float | None = None


_account = Account()


@contextmanager
def one_request() -> Iterator[None]:
    _account.waited = 0.0
    try:
        yield
    finally:
        _account.waited = None


def seconds_left() -> float:
    """What the request may still wait; the whole patience outside a request."""
    return PATIENCE if _account.waited is None else max(0.0, PATIENCE - _account.waited)


@contextmanager
def waiting() -> Iterator[None]:
    """Charge the time of the block to the request."""
    began = time.monotonic()
    try:
        yield
    finally:
        if _account.waited is not None:
            _account.waited += time.monotonic() - began
