"""The patience with which locks are waited for, and the tries when one was not let go."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection, transaction

Result = TypeVar("Result")

# deadlock_detected, lock_not_available, serialization_failure:
# https://www.postgresql.org/docs/current/errcodes-appendix.html
PASSING = {"40P01", "55P03", "40001"}
TRIES = 3
PATIENCE = "3s"  # with each lock


class StillBusy(Exception):
    """Every try met a lock that was not let go in time."""


def bound_patience() -> None:
    """Wait for each lock of this transaction no longer than `PATIENCE`."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = %s", [PATIENCE])


def in_transaction(work: Callable[[], Result]) -> Result:
    """The result of `work` in one transaction, tried again from its start when a lock stood in its way.

    Raises `StillBusy` after three tries.
    """
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                bound_patience()
                return work()
        except OperationalError as fault:
            if getattr(fault.__cause__, "sqlstate", None) not in PASSING:
                raise
            if attempt + 1 < TRIES:
                time.sleep(random.uniform(0.02, 0.2))  # noqa: S311 - it only spreads the tries
    raise StillBusy
