"""Who runs the clinic of a data folder, and where: a lock, and a file beside it that says what to tell others."""

import fcntl
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from config.embedded.faults import StartFault
from config.embedded.secrets import write_private


@dataclass(frozen=True)
class State:
    """What a running clinic tells `./run manage` and a second start."""

    pid: int
    what: str  # "site", or the command that has the servers for its own duration
    address: str
    database_url: str
    redis_url: str


class Lock:
    """Held by the one process that may start servers on a data folder; the system frees it however that ends."""

    def __init__(self, data_dir: Path) -> None:
        self.folder = data_dir / "run"
        self.file: IO[str] | None = None

    def __enter__(self) -> Self:
        if self.file is None and not self.take():
            raise StartFault(describe(read_state(self.folder)))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        (self.folder / "state.json").unlink(missing_ok=True)
        if self.file:
            self.file.close()

    def take(self) -> bool:
        """Take the lock; False when another process has it."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.file = (self.folder / "lock").open("w")
        except OSError as fault:
            raise StartFault(
                f"Cannot write to {self.folder}: {fault.strerror}. Set IYADA_DATA_DIR to a folder that can be written."
            ) from fault
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.file.close()
            self.file = None
            return False
        return True

    def tell(self, what: str, *, address: str, database_url: str, redis_url: str) -> None:
        state = State(os.getpid(), what, address, database_url, redis_url)
        write_private(self.folder / "state.json", json.dumps(asdict(state), indent=1))


def read_state(folder: Path) -> State | None:
    try:
        return State(**json.loads((folder / "state.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None


def describe(state: State | None) -> str:
    if state is None:
        return "It is already starting in another terminal."
    if state.what == "site":
        return f"It is already running: {state.address} (process {state.pid})."
    return f"`./run {state.what}` is using the servers (process {state.pid}). Wait for it, or start the site first."
