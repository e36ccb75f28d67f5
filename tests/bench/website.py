"""A clinic in a database of its own, for measurements of pages."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from tests.bench.progress import say
from tests.bench.stock import server

NAME = "iyada_bench_pages"


@contextmanager
def starter_clinic() -> Iterator[None]:
    """Point this process at a fresh starter clinic; its database is dropped afterwards."""
    with empty_clinic():
        say("Loading the starter clinic")
        call_command("seed", verbosity=0)
        yield


@contextmanager
def empty_clinic() -> Iterator[None]:
    """Point this process at fresh tables; their database is dropped afterwards."""
    name = sql.Identifier(NAME)
    with server() as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        admin.execute(sql.SQL("CREATE DATABASE {}").format(name))
        before = settings.DATABASES["default"]["NAME"]
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = NAME
        connection.close()
        try:
            say("Making the tables")
            call_command("collectstatic", interactive=False, verbosity=0)
            call_command("migrate", verbosity=0)
            yield
        finally:
            connection.close()
            settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = before
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
