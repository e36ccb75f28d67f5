"""The embedded PostgreSQL: made, repaired, started and asked."""

import locale
import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import errors, sql

from config.embedded.faults import StartFault
from config.embedded.identity import Identity
from config.embedded.orphans import repair
from config.embedded.ports import keep_port
from config.embedded.rooms import make_room
from config.embedded.secrets import keep_secret, write_private

ROLE = DATABASE = "iyada"
# For data that nobody misses: a throw-away server need not survive a power cut.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def letters() -> str:
    """A locale in which Arabic letters are letters: without one, mistyped Arabic words are not corrected."""
    before = locale.setlocale(locale.LC_CTYPE)
    for name in ("C.UTF-8", "en_US.UTF-8"):
        try:
            locale.setlocale(locale.LC_CTYPE, name)
        except locale.Error:
            continue
        locale.setlocale(locale.LC_CTYPE, before)
        return name
    return "C"


class Postgres:
    """One PostgreSQL on the loopback address with a generated password. `home` holds its folder."""

    name = "postgres"
    stop_signal = death_signal = signal.SIGINT  # its "fast shutdown": ends sessions, then writes all

    def __init__(self, *, home: Path, programs: Path, identity: Identity | None, careless: bool = False) -> None:
        self.folder = home / "postgres"
        self.programs = programs
        self.identity = identity
        self.options = CARELESS if careless else {}
        self.data = self.folder / "data" / "cluster"
        self.port = 0
        self.password = ""

    def prepare(self) -> None:
        """Make the cluster at the first start, clear what a killed one left, choose the port."""
        make_room(self.folder, self.identity)
        self.password = keep_secret(self.folder, "password")
        if not (self.data / "PG_VERSION").exists():
            self.make_cluster()
        self.check_version()
        repair(
            self.data / "postmaster.pid",
            marks=("postgres", str(self.data)),
            signals=(signal.SIGINT, signal.SIGQUIT),
        )
        self.port = keep_port(self.folder / "port")

    def make_cluster(self) -> None:
        draft = self.data.with_name("draft")
        shutil.rmtree(draft, ignore_errors=True)
        password = self.data.with_name("password")
        write_private(password, self.password)
        if self.identity is not None:
            os.chown(password, self.identity.uid, self.identity.gid)
        command = [
            str(self.programs / "initdb"),
            f"--pgdata={draft}",
            f"--username={ROLE}",
            "--auth=scram-sha-256",
            f"--pwfile={password}",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            f"--lc-ctype={letters()}",
            "--no-instructions",
        ]
        if self.options:
            command.append("--no-sync")
        try:
            subprocess.run(command, check=True, capture_output=True, text=True, cwd="/", **self.as_identity())
        except subprocess.CalledProcessError as fault:
            raise StartFault(f"The database cannot be made in {self.data}: {last_line(fault.stderr)}") from fault
        finally:
            password.unlink(missing_ok=True)
        draft.rename(self.data)

    def check_version(self) -> None:
        kept = (self.data / "PG_VERSION").read_text().strip()
        shown = subprocess.run([self.programs / "postgres", "--version"], capture_output=True, text=True, check=True)
        ours = shown.stdout.split()[2].partition(".")[0]
        if kept != ours:
            raise StartFault(f"The data in {self.data} is of PostgreSQL {kept}; this is {ours}. See docs/operators.md.")

    def as_identity(self) -> dict[str, Any]:
        return self.identity.as_process() if self.identity else {}

    @property
    def argv(self) -> list[str]:
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",  # no path to be too long, none to be taken
            "timezone": "UTC",
            "log_timezone": "UTC",
            **self.options,
        }
        settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        return [str(self.programs / "postgres"), "-D", str(self.data), *settings]

    def url_of(self, database: str) -> str:
        return f"postgres://{ROLE}:{quote(self.password)}@127.0.0.1:{self.port}/{database}"

    @property
    def url(self) -> str:
        return self.url_of(DATABASE)

    def answers(self) -> bool:
        """Whether our database takes sessions; made if the server has none yet."""
        try:
            psycopg.connect(self.url, connect_timeout=1).close()
        except psycopg.OperationalError as fault:
            if isinstance(fault, errors.InvalidCatalogName) or f'database "{DATABASE}" does not exist' in str(fault):
                with psycopg.connect(self.url_of("postgres"), autocommit=True) as session:
                    session.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
            return False
        return True


def last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "no reason given"
