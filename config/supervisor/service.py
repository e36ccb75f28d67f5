"""A process of the clinic: how it is started, and how it is bound to the supervisor's own life."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded.identity import Identity

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def always() -> bool:
    return True


@dataclass(frozen=True)
class Service:
    """`answers` is asked until it is true, for `patience` seconds at most; without `log`, lines go to the terminal."""

    name: str
    argv: list[str]
    environment: dict[str, str]
    answers: Callable[[], bool] = always
    patience: float = 60
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGINT  # sent by the system when the supervisor is killed
    stop_seconds: float = 8
    identity: Identity | None = None
    log: Path | None = None
    cwd: Path = field(default_factory=Path.cwd)


def bound_to_parent(death_signal: signal.Signals) -> Callable[[], None] | None:
    """A `preexec_fn` that ties a child to this process: even `kill -9` of us leaves no orphan (Linux only).

    It runs after the change of user, which would undo it.
    """
    if sys.platform != "linux":
        return None
    parent, prctl = os.getpid(), ctypes.CDLL(None).prctl

    def bind() -> None:
        prctl(PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:  # it died before we asked
            os.kill(os.getpid(), signal.SIGKILL)

    return bind
