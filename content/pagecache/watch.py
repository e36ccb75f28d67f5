"""Every statement of every process passes here: reads say what a page depends on, writes make pages old.

Not seen: psql and other programs, COPY through the driver, what triggers and functions of the database do
themselves. None of ours writes what pages show; after work by hand, `manage.py pagecache flush`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from content.pagecache import debts, edge, faults, versions
from content.pagecache.link import LinkFault
from content.pagecache.statements import READING, Statement, first_word, read_statement
from content.pagecache.tables import UNSEEN_COLUMNS, is_private, is_public
from content.pagecache.tags import Collection, current, table_tag


def watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Wraps each execution; see https://docs.djangoproject.com/en/5.2/topics/db/instrumentation/."""
    collection = current.get()
    connection: BaseDatabaseWrapper = context["connection"]
    text = sql if isinstance(sql, str) else sql.as_string(connection.connection)
    if collection is None and text.startswith("SELECT"):
        return execute(sql, params, many, context)
    statement = read_statement(text)
    tags = raised_by(statement, text)
    # Outside a transaction the statement commits by itself, so what it owes must stand there before.
    debt = debts.write_debt(connection) if tags and not connection.in_atomic_block else None
    result = execute(sql, params, many, context)
    if collection:
        collect(statement, collection)
    if tags:
        raise_on_commit(connection, tags, debt)
    return result


def raised_by(statement: Statement, text: str) -> set[str]:
    """The tags whose pages are old after `statement`."""
    if not statement.understood and first_word(text) not in READING and not statement.writes:
        return {versions.EPOCH}
    if statement.columns and statement.columns <= UNSEEN_COLUMNS:
        return set()
    return {table_tag(table) for table in statement.writes if not is_private(table)}


def collect(statement: Statement, collection: Collection) -> None:
    touched = statement.reads | statement.writes
    collection.tables |= touched
    strange = [table for table in touched if not is_public(table)]
    if not collection.why_not and (strange or not statement.understood):
        collection.why_not = f"reads {min(strange, default='what nobody knows')}"


class Raise:
    """Done when the transaction is: raises the versions of `tags`, then crosses out the debt."""

    def __init__(self, connection: BaseDatabaseWrapper, debt: int | None) -> None:
        self.connection, self.debt = connection, debt
        self.tags: set[str] = set()

    def __call__(self) -> None:
        try:
            versions.raise_tags(self.tags)
        except LinkFault as fault:
            faults.note_fault("raising", fault)
        else:
            if self.debt is not None:
                debts.cross_out(self.connection, self.debt)
            edge.purge_soon()


def raise_on_commit(connection: BaseDatabaseWrapper, tags: Iterable[str], debt: int | None) -> None:
    """One raise and one debt for a transaction, however many rows it changes.

    A raise that is waiting is joined: it is dropped only with a savepoint that is still open, and then this
    change goes too. The debt was written in the same savepoint as the raise.
    """
    for waiting in (each[1] for each in connection.run_on_commit):
        if isinstance(waiting, Raise):
            waiting.tags.update(tags)
            return
    raising = Raise(connection, debt if debt is not None else debts.write_debt(connection))
    raising.tags.update(tags)
    if connection.in_atomic_block or connection.get_autocommit():
        transaction.on_commit(raising, using=connection.alias)
    # Else the caller commits by hand and Django tells nobody: the debt goes with the change, and the job pays.


def install(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Before all other wrappers: whoever adds one for a block takes the last away afterwards."""
    if watch not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, watch)
