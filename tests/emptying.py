"""After a test that commits, the tables are again as the migrations left them.

Django empties all tables and lets each app write its permissions anew, which takes longer than most tests. Here only
the tables that a test has changed are written.
"""

from functools import cache
from typing import NamedTuple

from django.db import connection, transaction
from django.test import TransactionTestCase
from psycopg import Connection, sql

KEPT = {"django_migrations"}


class Contents(NamedTuple):
    """What a table held: `mark` is another one when any of its rows is, and `rows` are those of COPY."""

    mark: str
    rows: bytes


NOTHING = Contents("", b"")
_at_first: dict[str, Contents] = {}


def remember_tables() -> None:
    """What the tables hold now is what every test begins with."""
    with connection.cursor():
        database: Connection = connection.connection
    _at_first.update({name: Contents(mark, read(database, name)) for name, mark in marks(database).items() if mark})


def restore_tables(_test: TransactionTestCase) -> None:
    """In place of Django's own emptying of every table. One transaction, at whose end references are checked."""
    with transaction.atomic():
        database: Connection = connection.connection
        changed = changes(database)
        if changed:
            # Without the triggers of a DELETE, which would give times back to absences; CASCADE empties more.
            names = sql.SQL(", ").join(map(sql.Identifier, changed))
            database.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
            for name in changes(database):
                write(database, name, _at_first[name].rows)


def changes(database: Connection) -> list[str]:
    """The tables that hold something else than at first."""
    return [name for name, mark in marks(database).items() if mark != _at_first.get(name, NOTHING).mark]


def marks(database: Connection) -> dict[str, str]:
    """The mark of each table, in one query; an empty one has none."""
    mark = sql.SQL("""SELECT {}, coalesce(md5(string_agg(t::text, '|' ORDER BY t::text COLLATE "C")), '') FROM {} t""")
    each = [mark.format(sql.Literal(name), sql.Identifier(name)) for name in tables()]
    return dict(database.execute(sql.SQL(" UNION ALL ").join(each)).fetchall())


@cache
def tables() -> list[str]:
    return sorted(set(connection.introspection.table_names()) - KEPT)


def read(database: Connection, name: str) -> bytes:
    with database.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))) as rows:
        return b"".join(rows)


def write(database: Connection, name: str, rows: bytes) -> None:
    with database.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))) as place:
        place.write(rows)
