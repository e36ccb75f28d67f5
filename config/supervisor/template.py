"""A database in which all migrations are applied, for the databases of tests to be copies of.

Applying them takes longer than most tests, so what came of it is kept in the data folder as SQL, until a migration
or a library changes.
"""

import subprocess
import sys
from pathlib import Path

import psycopg

from config.env import ROOT, inherited
from config.supervisor.servers import Servers
from config.supervisor.stamps import migrations_in_code

NAME = "iyada_template"


def make_template(servers: Servers, *, programs: Path, kept: Path) -> str:
    """Make the database on the PostgreSQL of `servers`, and return its name.

    `programs` is the folder of PostgreSQL's, `kept` the one that holds the SQL from one run to the next. Raises
    `CalledProcessError` where a migration fails; what it printed stands on the terminal.
    """
    server, _slash, _name = servers.database_url.rpartition("/")
    with psycopg.connect(servers.database_url, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{NAME}"')
    url, done = f"{server}/{NAME}", kept / f"migrated-{migrations_in_code()[:16]}.sql"
    if not done.exists():
        migrate(url, servers.redis_url)
        keep(url, done, programs)
    else:
        command: list[str | Path] = [
            programs / "psql",
            "--quiet",
            "--no-psqlrc",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
        ]
        subprocess.run([*command, "--file", done, url], check=True, stdout=subprocess.DEVNULL)
    return NAME


def migrate(url: str, redis_url: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity=0"]
    settings = {"DATABASE_URL": url, "REDIS_URL": redis_url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    subprocess.run(command, env=inherited(**settings), cwd=ROOT, check=True)


def keep(url: str, done: Path, programs: Path) -> None:
    """Write the database of `url` to `done`, all or nothing, in the place of what earlier migrations left."""
    done.parent.mkdir(parents=True, exist_ok=True)
    for old in done.parent.glob("migrated-*.sql"):
        old.unlink(missing_ok=True)
    draft = done.with_suffix(".new")
    subprocess.run([programs / "pg_dump", "--no-owner", "--file", draft, url], check=True)
    draft.rename(done)
