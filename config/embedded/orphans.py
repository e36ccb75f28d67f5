"""Processes that an earlier start left behind, and files that only look as if it had."""

import os
import signal
import subprocess
import time
from pathlib import Path


def command_of(pid: int) -> str | None:
    """The command line of `pid`; None when it is gone, or a zombie that nobody has collected yet."""
    entry = Path(f"/proc/{pid}")
    if Path("/proc/self").exists():
        try:
            state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            return None
        return None if state in "ZX" else command
    found = subprocess.run(
        ["ps", "-ww", "-o", "stat=,command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    state, _, command = found.stdout.strip().partition(" ")
    return None if not state or state.startswith("Z") else command


def pid_in(pidfile: Path) -> int | None:
    """The process named by the first line of `pidfile`; None when that is no process id."""
    try:
        return int(pidfile.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def repair(pidfile: Path, *, marks: tuple[str, ...], signals: tuple[signal.Signals, ...]) -> None:
    """Free `pidfile` of an earlier start.

    A running process whose command line holds all `marks` is ours without a keeper: it is given time to
    end by itself, then asked with each of `signals` in turn. Anything else (a dead or reused process id,
    a zombie, a truncated file) is a file to remove. Call it only while holding the lock of the data folder.
    """
    pid = pid_in(pidfile)
    if pid is not None:
        for each in (None, *signals, signal.SIGKILL):
            if not is_ours(pid, marks):
                break
            if each is not None:
                os.kill(pid, each)
            wait_for_end(pid, marks, seconds=3 if each is None else 10)
    pidfile.unlink(missing_ok=True)


def is_ours(pid: int, marks: tuple[str, ...]) -> bool:
    command = command_of(pid)
    return command is not None and all(mark in command for mark in marks)


def wait_for_end(pid: int, marks: tuple[str, ...], *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while is_ours(pid, marks) and time.monotonic() < until:
        time.sleep(0.05)
