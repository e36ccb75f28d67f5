"""Changes whose raise may be missing: written down with the change, crossed out after the raise.

The rows are written past Django's cursors: they are nobody's query, and a test that counts queries counts none.
"""

import logging
from typing import Any

import psycopg
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from content.pagecache import faults, versions
from content.pagecache.link import LinkFault

log = logging.getLogger(__name__)
# A younger debt belongs to a raise that is on its way.
GRACE = 2  # seconds


def write_debt(connection: BaseDatabaseWrapper) -> int | None:
    """A new debt, in the running transaction if there is one; None before the table is there (first migrations)."""
    session: Any = connection.connection
    if not getattr(connection, "page_cache_has_debts", False):
        found = session.execute("SELECT to_regclass('pagecache_debt') IS NOT NULL").fetchone()[0]
        if not found:
            return None
        setattr(connection, "page_cache_has_debts", True)  # noqa: B010 - an attribute of ours on Django's object
    return int(session.execute("INSERT INTO pagecache_debt DEFAULT VALUES RETURNING id").fetchone()[0])


def cross_out(connection: BaseDatabaseWrapper, number: int) -> None:
    try:
        session: Any = connection.connection
        session.execute("DELETE FROM pagecache_debt WHERE id = %s", [number])
    except psycopg.Error as fault:  # the raise is done; the job pays once more
        log.warning("A debt of the page cache stays: %s", fault)


def pay_debts(*, older_than: float = 0) -> int:
    """Make every entry old if a raise may be missing; returns how many debts were paid.

    Raises `LinkFault` while the cache is away, `DatabaseError` while the database is.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM pagecache_debt WHERE made_at <= statement_timestamp() - make_interval(secs => %s)",
            [older_than],
        )
        owed = [number for (number,) in cursor.fetchall()]
        if owed:
            versions.flush()
            cursor.execute("DELETE FROM pagecache_debt WHERE id = ANY(%s)", [owed])
    return len(owed)


def regain_trust() -> bool:
    """After a fault: whether every change that the cache may have missed is made up for."""
    try:
        if paid := pay_debts():
            log.warning("The page cache had missed %d changes: everything in it is old now.", paid)
        faults.tell_faults()
    except (LinkFault, DatabaseError) as fault:
        if isinstance(fault, LinkFault):
            faults.note_fault("settling", fault)
        return False
    faults.Trust.shaken = False
    return True
