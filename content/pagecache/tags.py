"""What a page depends on, collected while it is rendered.

Nobody declares what is read by SQL: `content.pagecache.watch` sees it. `reads` and `never_store` are for what SQL
does not tell. Outside a render that may be stored all of this does nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Model

from content.pagecache.tables import ALWAYS_READ


def table_tag(table: str) -> str:
    return f"t:{table}"


@dataclass(slots=True)
class Collection:
    """`why_not` says in a few words why the page may not be stored; empty as long as it may."""

    tables: set[str] = field(default_factory=lambda: set(ALWAYS_READ))
    until: datetime | None = None
    why_not: str = ""

    @property
    def tags(self) -> list[str]:
        return sorted(map(table_tag, self.tables))


current: ContextVar[Collection | None] = ContextVar("what this render depends on", default=None)


@contextmanager
def collecting() -> Iterator[Collection]:
    collection = Collection()
    token = current.set(collection)
    try:
        yield collection
    finally:
        current.reset(token)


def reads(*models: type[Model]) -> None:
    """Say that the page shows rows of `models` which no SQL of this render has read, as from a cache."""
    if collection := current.get():
        collection.tables.update(model._meta.db_table for model in models)


def never_store(why: str = "the view says so") -> None:
    """Say that the page being rendered is for this visitor, or this moment, only."""
    if collection := current.get():
        collection.why_not = collection.why_not or why
