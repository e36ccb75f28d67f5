"""Telling open pages of the staff that something has changed: where and on which day, never who or what for.

A change is announced when its transaction commits, by PUBLISH in Valkey. Nobody waits for it longer than for the
cache, and nothing is lost with it: pages look for themselves as well (docs/decisions/0035).

Statements are watched, so that no writer can forget: a write to a watched table that nobody names with `announce`
is announced as a change anywhere.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django_redis import get_redis_connection
from redis.exceptions import RedisError

from clinic.lib import clock

SEVERAL = 20  # changes of one transaction; more of them are one change anywhere
WRITE = re.compile(r'\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE)\s+(?:ONLY\s+)?"?(\w+)')

watched: dict[str, str] = {}  # table → what has changed when it is written


class Place(Protocol):
    pk: Any
    time_zone: str


@dataclass(frozen=True, slots=True)
class Change:
    """`what` is "visits", "holds", "queue" or "everything"; `location` and `day` (on its wall clock) None for any."""

    what: str
    location: int | None = None
    day: date | None = None

    def as_data(self) -> dict[str, Any]:
        return {"what": self.what, "location": self.location, "day": self.day.isoformat() if self.day else None}


EVERYTHING = Change("everything")


class Announcement:
    """What one transaction changes, published when it is committed."""

    def __init__(self) -> None:
        self.__qualname__ = type(self).__name__  # Django names by it what failed, and fails itself for want of one
        self.named: dict[Change, None] = {}
        self.unnamed: dict[str, None] = {}

    def __call__(self) -> None:
        changes = [Change(what) for what in self.unnamed] + list(self.named)
        publish(changes if len(changes) <= SEVERAL else [EVERYTHING])


def announce(what: str, *, location: Place, at: datetime, using: str = "default") -> None:
    """Name what the transaction has written so far: `what` has changed at `location`, on the day of `at`.

    Call it after the statements, in their transaction.
    """
    change = Change(what, location.pk, clock.local_day(at, location.time_zone))
    with announcing(connections[using]) as announcement:
        announcement.unnamed.clear()
        announcement.named[change] = None


def publish(changes: Iterable[Change]) -> None:
    """Tell whoever listens. A cache that is away is no fault of the change: pages then look for themselves."""
    message = json.dumps([change.as_data() for change in changes])
    try:
        get_redis_connection("default").publish(channel(), message)
    except (RedisError, OSError):
        return


def address() -> str:
    """The Valkey in which changes are published."""
    return str(settings.CACHES["default"]["LOCATION"])


def channel() -> str:
    """Channels know no database numbers, and two clinics may share a server: the number is part of the name."""
    return f"iyada:live:{urlsplit(address()).path.strip('/') or '0'}"


def watch_tables(tables: dict[str, str]) -> None:
    """Announce every write to `tables` (name → what has changed then), in each connection of this process."""
    watched.update(tables)
    connection_created.connect(install, dispatch_uid="live-watches")
    for connection in connections.all(initialized_only=True):
        install(connection)


def install(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    # Before other wrappers: whoever adds one for a block takes the last away afterwards.
    if watch not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, watch)


def watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Wraps each execution; see https://docs.djangoproject.com/en/5.2/topics/db/instrumentation/."""
    result = execute(sql, params, many, context)
    if isinstance(sql, str) and sql.startswith("SELECT"):
        return result
    connection: BaseDatabaseWrapper = context["connection"]
    found = [watched[table] for table in WRITE.findall(text_of(sql, connection)) if table in watched]
    if found and context["cursor"].rowcount != 0:
        with announcing(connection) as announcement:
            announcement.unnamed.update(dict.fromkeys(found))
    return result


def text_of(sql: Any, connection: BaseDatabaseWrapper) -> str:
    return sql if isinstance(sql, str) else str(sql.as_string(connection.connection))


@contextmanager
def announcing(connection: BaseDatabaseWrapper) -> Iterator[Announcement]:
    """The announcement of this transaction, to be filled. One that waits is joined: it goes only with what it tells."""
    for function in (each[1] for each in connection.run_on_commit):
        if isinstance(function, Announcement):
            yield function
            return
    announcement = Announcement()
    yield announcement
    # Else the caller commits by hand, and Django tells nobody when.
    if connection.in_atomic_block or connection.get_autocommit():
        transaction.on_commit(announcement, using=connection.alias, robust=True)
