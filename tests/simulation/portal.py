"""The portal that the day is played against: the one that runs in this folder, or one of its own."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row
from redis import Redis

from config.embedded.faults import StartFault
from config.embedded.ports import CHOICE, is_free
from config.embedded.state import State, read_state
from config.env import ROOT, env, inherited
from config.supervisor.service import bound_to_parent
from config.supervisor.throwaway import throwaway_folder

START = 900  # seconds for a fresh clinic on a busy machine
DESKS = ("reception", "istiqbal", "admin")


@dataclass(frozen=True, slots=True)
class Portal:
    """A running clinic: where it is, who may sign in, and where its mail lies."""

    state: State
    folder: Path
    passwords: dict[str, str]

    @property
    def address(self) -> str:
        return self.state.address.rstrip("/")

    def ask(self, statement: str, values: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """The rows of one statement, committed at once."""
        with psycopg.connect(self.state.database_url, autocommit=True, row_factory=dict_row) as session:
            answer = session.execute(statement, values)
            return answer.fetchall() if answer.description else []

    def flush(self) -> None:
        with Redis.from_url(self.state.redis_url) as link:
            link.flushall()

    def processes(self, word: str) -> list[int]:
        """The ids of those that descend from the supervisor with `word` in their command line, parents first."""
        listed = subprocess.run(
            ["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True
        ).stdout
        rows = [line.split(None, 2) for line in listed.splitlines()]
        children: dict[int, list[tuple[int, str]]] = {}
        for pid, parent, words in rows:
            children.setdefault(int(parent), []).append((int(pid), words))
        found, line = [], list(children.get(self.state.pid, []))
        while line:
            number, command = line.pop(0)
            line += children.get(number, [])
            if word in command:
                found.append(number)
        return found


def running_portal() -> Portal | None:
    """The demonstration that runs in this folder; None when nothing runs. Raises `StartFault` for a real clinic."""
    if env.settings_module == "config.settings.production":
        raise StartFault("This portal is in production: no day is played there. Use --own.")
    state = read_state(env.data_dir / "run")
    if state is None or not is_alive(state.pid) or state.what != "site":
        return None
    if env.email_url or env.sms_url:
        raise StartFault("This portal sends real mail or SMS: no day is played there. Use --own.")
    return portal_of(state, env.data_dir)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def portal_of(state: State, folder: Path) -> Portal:
    """Raises `StartFault` unless the clinic is the demonstration and holds invented people only."""
    try:
        accounts = json.loads((folder / "accounts.json").read_text())
    except (OSError, ValueError):
        accounts = []
    portal = Portal(state, folder, {each["username"]: each["password"] for each in accounts})
    if not set(DESKS) <= set(portal.passwords):
        raise StartFault("This portal has no demonstration accounts: no day is played in a real clinic. Use --own.")
    [row] = portal.ask("SELECT count(*) AS invented FROM patients_patient WHERE is_synthetic")
    if not row["invented"]:
        raise StartFault("This portal has no invented patients: no day is played in a real clinic. Use --own.")
    return portal


@contextlib.contextmanager
def own_portal() -> Iterator[Portal]:
    """A fresh starter clinic on servers of its own, removed afterwards. Raises `StartFault`."""
    log = env.data_dir / "logs" / "simulation.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with throwaway_folder(env.data_dir) as folder, log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "config.commands"],
            env=inherited(
                DATABASE_URL="",
                REDIS_URL="",
                DJANGO_SETTINGS_MODULE="",
                IYADA_DATA_DIR=str(folder),
                IYADA_PORT=str(free_port()),
                EMAIL_URL="",
                SMS_URL="",
                NO_COLOR="1",
            ),
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=bound_to_parent(signal.SIGTERM),  # noqa: PLW1509 - no thread runs beside us yet
        )
        try:
            yield portal_of(wait_for(process, folder, log), folder)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=120)


def wait_for(process: subprocess.Popen[bytes], folder: Path, log: Path) -> State:
    until = time.monotonic() + START
    while process.poll() is None and time.monotonic() < until:
        state = read_state(folder / "run")
        if state and state.what == "site":
            return state
        time.sleep(0.2)
    raise StartFault(f"The clinic of its own does not start; see {log}.")


def free_port() -> int:
    start = os.getpid() % 1000
    return next(port for port in CHOICE[start:] if is_free(port))
