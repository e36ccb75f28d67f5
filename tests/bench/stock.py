"""A database of its own with a million stored visits, made once and kept."""

import sys
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

NAME = "iyada_bench"
MADE = Path(__file__).with_name("stock.sql")

# A stock serves as long as its visits fill the days that are measured.
IS_FRESH = """
    SELECT count(*) >= 1000000 AND max(starts_at) > now() + interval '45 days' FROM scheduling_appointment
"""


def open_stock() -> None:
    """Point this process at the bench database, on the server that it is configured for; make it when needed."""
    with server() as admin:
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            admin.execute(f'CREATE DATABASE "{NAME}"')
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = NAME
    connection.close()
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(IS_FRESH)
        if cursor.fetchone()[0]:
            return
        sys.stderr.write("Storing a million visits; this takes a few minutes, once …\n")
        tables = [name for name in connection.introspection.table_names(cursor) if is_of_the_clinic(name)]
        cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
        cursor.execute(MADE.read_text(encoding="utf-8"))
        connection.connection.autocommit = True
        cursor.execute("VACUUM ANALYZE")


def is_of_the_clinic(table: str) -> bool:
    return table.startswith(("directory_", "scheduling_", "patients_", "messaging_"))


def sweep_stock() -> None:
    """Take away what a measurement booked."""
    with connection.cursor() as cursor:
        for table in ("scheduling_bookingrequest", "scheduling_reservation"):
            cursor.execute(f"DELETE FROM {table} WHERE appointment_id > 1000000")  # noqa: S608 - a name from above
        cursor.execute("DELETE FROM scheduling_appointment WHERE id > 1000000")
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
