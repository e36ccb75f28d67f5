"""Folders for servers whose data nobody misses."""

import contextlib
import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

PREFIX = "throwaway-"


@contextlib.contextmanager
def throwaway_folder(data_dir: Path) -> Iterator[Path]:
    """A folder in `data_dir` that is removed afterwards; what killed runs left there is removed first."""
    data_dir.mkdir(parents=True, exist_ok=True)
    remove_abandoned(data_dir)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=data_dir))
    folder.chmod(0o755)  # under root the servers' user must be able to enter
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def remove_abandoned(data_dir: Path) -> None:
    for folder in data_dir.glob(f"{PREFIX}*"):
        try:
            with (folder / "lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:  # in use, or not ours
            continue
