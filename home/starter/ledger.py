"""Loading once: each thing has a key, and what a key stands for is created at most once, ever.

A thing that an editor changed is not touched, because its key is known. A thing that an editor deleted stays
deleted, for the same reason. A thing that was there before under the same natural key (somebody entered a
service of that slug by hand) is taken as it is, and its key is written down. So a load creates exactly what a
newer version of the starter clinic added.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID, uuid5

from django.db import connection, transaction

from home.starter.models import LoadedItem

NAMESPACE = UUID("8f8e4f0e-6f0c-4c69-9c1b-1f0a6f3a9d52")
LOCK = 0x1A_DA_5E_ED  # any number, always the same: two loads at once take turns


def stable_id(key: str) -> UUID:
    """The same UUID for `key` in every installation: translation keys and block ids."""
    return uuid5(NAMESPACE, key)


class Ledger:
    """The keys loaded so far; `created` counts what this part has made."""

    def __init__(self) -> None:
        self.keys = set(LoadedItem.objects.values_list("key", flat=True))
        self.created = 0

    def has(self, key: str) -> bool:
        return key in self.keys

    def write(self, keys: Iterable[str], *, created: int = 0) -> None:
        """Remember `keys`, of which `created` were made just now and the rest were found."""
        fresh = set(keys) - self.keys
        LoadedItem.objects.bulk_create([LoadedItem(key=key) for key in sorted(fresh)])
        self.keys |= fresh
        self.created += created


@contextmanager
def one_part() -> Iterator[Ledger]:
    """One transaction with the ledger of all parts; a second load at the same time waits for it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield Ledger()
