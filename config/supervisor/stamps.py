"""What each step of the preparation was last done for, so that a later start skips what has not changed."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import psycopg

from config.embedded.secrets import write_private
from config.env import ROOT

LOCK_FILE = ROOT / "requirements.txt"
APPS = ("clinic", "config", "content", "home")


class Stamps:
    """A small file of step → fingerprint."""

    def __init__(self, place: Path) -> None:
        self.place = place
        try:
            self.kept: dict[str, str] = json.loads(place.read_text())
        except (OSError, ValueError):
            self.kept = {}

    def holds(self, step: str, fingerprint: str) -> bool:
        return bool(fingerprint) and self.kept.get(step) == fingerprint

    def keep(self, step: str, fingerprint: str) -> None:
        self.kept[step] = fingerprint
        write_private(self.place, json.dumps(self.kept, indent=1))


def fingerprint(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def contents(files: Iterable[Path]) -> Iterable[bytes]:
    for file in sorted(files):
        yield str(file).encode()
        yield file.read_bytes()


def migrations_in_code() -> str:
    """Changes with each migration of ours, and with each version of a library that may bring some."""
    ours = (file for app in APPS for file in (ROOT / app).rglob("migrations/*.py"))
    return fingerprint(contents([LOCK_FILE, *ours]))


def migrations_in(database_url: str) -> str:
    """Changes with each migration applied there, and with each new database. Empty: it holds none yet."""
    query = "SELECT md5(string_agg(concat(app, name, applied), ',' ORDER BY id)) FROM django_migrations"
    try:
        with psycopg.connect(database_url, connect_timeout=5) as session:
            row = session.execute(query).fetchone()
    except psycopg.errors.UndefinedTable:
        return ""
    return (row and row[0]) or ""


def seed_content() -> str:
    files = (file for file in (ROOT / "site" / "seed").rglob("*") if file.is_file())
    return fingerprint(contents(files))


def static_files(target: Path) -> str:
    """By size and time, not by content: there are many."""
    if not (target / "staticfiles.json").exists():
        return ""
    files = sorted(file for file in (ROOT / "static").rglob("*") if file.is_file())
    seen = (f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}".encode() for file in files)
    return fingerprint([LOCK_FILE.read_bytes(), *seen])
