"""A database of its own with a million stored visits, made once and kept while it is fresh."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from clinic.lib import clock
from config.env import ROOT
from tests.bench.progress import say

NAME = "iyada_bench"
STOCK = 1_000_000  # as in the recipe
RECIPE = Path(__file__).with_name("stock.sql")
FRESH = timedelta(days=20)  # so long its visits fill the days that are measured

TABLES = ("scheduling_appointment", "scheduling_reservation")
# What slows a million inserts down: all that is checked or sorted row by row. Primary keys stay.
CONSTRAINTS = """
    SELECT conrelid::regclass, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid IN ('scheduling_appointment'::regclass, 'scheduling_reservation'::regclass)
        AND contype IN ('f', 'u', 'x')
    ORDER BY contype DESC
"""
INDEXES = """
    SELECT i.indexrelid::regclass, pg_get_indexdef(i.indexrelid) FROM pg_index i
    WHERE i.indrelid IN ('scheduling_appointment'::regclass, 'scheduling_reservation'::regclass) AND NOT i.indisprimary
"""


def open_stock() -> str:
    """Point this process at the bench database of its server, made when it is missing, old or half made.

    Gives what was done, in words.
    """
    today = clock.now().date()
    name = sql.Identifier(NAME)
    with server() as admin:
        made = day_of_making(admin)
        is_kept = made is not None and today - made < FRESH
        if not is_kept:
            # An old one, or one that somebody stopped half way.
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            admin.execute(sql.SQL("CREATE DATABASE {}").format(name))
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = NAME
        connection.close()
        if is_kept:
            say(f"The stock of {made} is used again")
            sweep_stock()
            return f"of {STOCK:,} visits, kept since {made}"
        begin = time.perf_counter()
        make_stock()
        seconds = time.perf_counter() - begin
        admin.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(f"{recipe()} {today}")))
    return f"of {STOCK:,} visits, made in {seconds:.0f} s"


def day_of_making(admin: psycopg.Connection) -> date | None:
    """When a stock of this recipe was made; None when there is none, or it is not finished."""
    found = admin.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [NAME]
    ).fetchone()
    made_by, _, day = ((found and found[0]) or "").partition(" ")
    return date.fromisoformat(day) if made_by == recipe() else None


def recipe() -> str:
    """A digest of all that the stock is made of: another stock or schema has another one."""
    sources = [RECIPE, *sorted((ROOT / "clinic").glob("*/migrations/0*.py"))]
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]


def make_stock() -> None:
    say("Making the tables")
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '256MB'")
        with without_checks(cursor), with_defaults(cursor):
            say(f"Storing {STOCK:,} visits")
            cursor.execute(RECIPE.read_text(encoding="utf-8"))
        say("Collecting statistics")
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def without_checks(cursor: CursorWrapper) -> Iterator[None]:
    """Take indexes and constraints away, and put them back as they were, over all rows at once.

    Triggers rest meanwhile: each would search the whole table that has no index now.
    """
    cursor.execute(CONSTRAINTS)
    constraints = cursor.fetchall()
    for table, name, _ in constraints:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    cursor.execute(INDEXES)
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    say(f"Building {len(indexes)} indexes")
    for _, definition in indexes:
        cursor.execute(definition)
    for table, name, definition in reversed(constraints):
        say(f"Checking {name}")
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


@contextmanager
def with_defaults(cursor: CursorWrapper) -> Iterator[None]:
    """What the recipe does not name is as a new row of the model has it: a new column needs no new recipe."""
    values = [
        (model._meta.db_table, field.column, sql.Literal(getattr(value, "value", value)))
        for label in ("directory", "patients", "scheduling")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.local_concrete_fields
        if not (field.generated or field.null or (field.has_default() and callable(field.default)))
        and (value := field.get_default()) is not None
    ]
    change = sql.SQL("ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {}")
    for table, column, value in values:
        cursor.execute(change.format(sql.Identifier(table), sql.Identifier(column), value).as_string())
    yield
    undo = sql.SQL("ALTER TABLE {} ALTER COLUMN {} DROP DEFAULT")
    for table, column, _value in values:
        cursor.execute(undo.format(sql.Identifier(table), sql.Identifier(column)).as_string())


def sweep_stock() -> None:
    """Take away what a measurement booked, as one: no visit may stay without its reservations."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in ("scheduling_bookingrequest", "scheduling_reservation"):
            cursor.execute(f"DELETE FROM {table} WHERE appointment_id > %s", [STOCK])  # noqa: S608 - a name from above
        cursor.execute("DELETE FROM scheduling_appointment WHERE id > %s", [STOCK])
        cursor.execute("DELETE FROM patients_patient WHERE NOT is_synthetic")
        cursor.execute("DELETE FROM messaging_message")


def server() -> psycopg.Connection:
    database = settings.DATABASES["default"]
    return psycopg.connect(
        host=database["HOST"],
        port=database["PORT"],
        user=database["USER"],
        password=database["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    )
