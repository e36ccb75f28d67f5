"""Questions that PostgreSQL plans once for each connection, because planning takes longer than most answers.

The question is prepared on the connection and then executed by its name. Whoever watches statements (the page cache,
tests that count) sees the question itself. The plan fits all parameters: `plan_cache_mode` in the settings says so.
"""

from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection

_prepared: WeakKeyDictionary[psycopg.Connection, set[str]] = WeakKeyDictionary()


def ask_planned(question: str, parameters: Mapping[str, Any], *, kinds: Mapping[str, str]) -> list[tuple[Any, ...]]:
    """The rows of `question`, SQL with psycopg's named parameters, of the PostgreSQL types `kinds`. One query."""

    def run(execute: Callable[..., Any], _question: str, asked: Any, many: bool, context: dict[str, Any]) -> Any:
        return execute(prepared(question, kinds), asked, many, context)

    # The innermost wrapper: those before it are told the question.
    with connection.cursor() as cursor, connection.execute_wrapper(run):
        cursor.execute(question, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def prepared(question: str, kinds: Mapping[str, str]) -> str:
    """What executes `question` on this connection, which knows it from now on; its parameters are named as before."""
    names = [name for name in kinds if f"%({name})s" in question]
    statement = f"planned_{blake2b(question.encode(), digest_size=8).hexdigest()}"
    raw: psycopg.Connection = connection.connection
    known = _prepared.setdefault(raw, set())
    if statement not in known:
        numbered = question % {name: f"${place}" for place, name in enumerate(names, 1)}
        types = ", ".join(kinds[name] for name in names)
        raw.execute(f"PREPARE {statement} ({types}) AS {numbered}".encode())
        known.add(statement)
    return f"EXECUTE {statement} ({', '.join(f'%({name})s' for name in names)})"
