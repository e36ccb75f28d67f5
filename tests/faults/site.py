"""A whole site under its supervisor, as a process that a test may kill."""

import fcntl
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg

from config.embedded.orphans import command_of
from config.embedded.ports import CHOICE, is_free
from config.embedded.state import State, read_state
from config.env import ROOT, env, inherited


def own_environment(data_dir: Path, **changes: str) -> dict[str, str]:
    """The environment of a machine where nothing is set but the data folder."""
    bare = {"DATABASE_URL": "", "REDIS_URL": "", "DJANGO_SETTINGS_MODULE": "", "IYADA_DATA_DIR": str(data_dir)}
    return inherited(**{**bare, "NO_COLOR": "1", **changes})


def run_command(*arguments: str, data_dir: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "config.commands", *arguments],
        env=own_environment(data_dir, **changes),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def free_port() -> int:
    start = os.getpid() % 1000
    return next(port for port in CHOICE[start:] if is_free(port))


class SupervisedSite:
    """`./run` on `data_dir`, on a port of its own."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.process: subprocess.Popen[str] | None = None
        self.lines: list[str] = []

    def start(self) -> None:
        """Start it and wait for the greeting."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.commands"],
            env=own_environment(self.data_dir, IYADA_PORT=str(self.port)),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)
            if "back office" in line:
                return
        raise AssertionError("".join(self.lines))

    @property
    def state(self) -> State:
        state = read_state(self.data_dir / "run")
        assert state
        return state

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as answer:
            return answer.code
        except OSError:
            return 0

    def query(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        with psycopg.connect(self.state.database_url, autocommit=True) as session:
            answer = session.execute(statement, values or None)
            return answer.fetchall() if answer.description else []

    def children(self) -> list[int]:
        """Every process of this site but the supervisor: they carry its data folder, or descend from it."""
        assert self.process
        found, parents = [], {self.process.pid}
        for pid, parent in sorted(processes()):
            if parent in parents:
                parents.add(pid)
                found.append(pid)
        return found

    def signal(self, number: signal.Signals) -> None:
        assert self.process
        self.process.send_signal(number)

    def wait(self, *, seconds: float = 30) -> int:
        """The exit code. Output is read to its end, so that nobody waits for a full pipe."""
        assert self.process
        output, _ = self.process.communicate(timeout=seconds)
        self.lines += output.splitlines(keepends=True)
        return self.process.returncode

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.signal(signal.SIGTERM)
            self.wait()


def copy_first_day(target: Path) -> None:
    """Fill `target` with the data of a starter clinic that was started once and stopped; the first who asks makes it.

    Raises AssertionError where that start fails. A first start takes a minute, a copy a second.
    """
    kept = env.data_dir / "first-day"
    with (env.data_dir / "first-day.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            site = SupervisedSite(env.data_dir / "first-day.new")
            try:
                site.start()
            finally:
                site.stop()
            site.data_dir.rename(kept)
        # With their owners: the servers of a root keep their files under another name.
        subprocess.run(["cp", "-a", kept, target], check=True)
    for memory in target.glob("*/*port"):  # two copies may run side by side
        memory.unlink()


def processes() -> list[tuple[int, int]]:
    """(process, parent) of all that run."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    return [(int(pid), int(parent)) for pid, parent in (line.split() for line in listed.splitlines())]


def wait_until_gone(pids: list[int], *, seconds: float) -> list[int]:
    """Those of `pids` that still run after `seconds`."""
    until = time.monotonic() + seconds
    while (left := [pid for pid in pids if command_of(pid) is not None]) and time.monotonic() < until:
        pass
    return left
