"""The folders that the embedded servers keep their data in."""

import hashlib
import os
from pathlib import Path

from config.embedded.binaries import SHARED
from config.embedded.faults import StartFault
from config.embedded.identity import Identity


def server_home(data_dir: Path, identity: Identity | None) -> Path:
    """Where servers keep their data: `data_dir`, or under root a folder of their own if they cannot reach it."""
    if identity is None or identity.reaches(data_dir):
        return data_dir
    return SHARED / hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]


def make_room(folder: Path, identity: Identity | None) -> Path:
    """Make `folder` and in it "data", which belongs to `identity` alone. Returns the latter."""
    data = folder / "data"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        data.mkdir(mode=0o700, exist_ok=True)
        if identity is not None:
            folder.chmod(0o755)
            if data.stat().st_uid != identity.uid:
                give(data, identity)
    except OSError as fault:
        raise StartFault(
            f"Cannot write to {folder}: {fault.strerror}. Set IYADA_DATA_DIR to a folder that can be written."
        ) from fault
    return data


def give(folder: Path, identity: Identity) -> None:
    """Hand `folder` and all in it over: the clinic was started by another user before."""
    os.chown(folder, identity.uid, identity.gid)
    for each in folder.rglob("*"):
        os.chown(each, identity.uid, identity.gid, follow_symlinks=False)
