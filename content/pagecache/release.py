"""New code shows the same rows in another way: after a deployment every stored page is old."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from content.pagecache import debts, faults, names, versions
from content.pagecache.link import LinkFault, link

ROOT = Path(__file__).resolve().parents[2]
SHOWN = (("clinic", "*.py"), ("content", "*.py"), ("home", "*.py"), ("config", "*.py"), ("templates", "*"))
RELEASE = "release"  # a field beside the versions that is no tag


def release() -> str:
    """A fingerprint of what pages are made with: code, templates, translations, names of static files."""
    fingerprint = hashlib.blake2b(digest_size=12)
    for path in sources():
        fingerprint.update(f"{path.name}\n".encode())
        fingerprint.update(path.read_bytes())
    fingerprint.update(repr((settings.SITE_URL, settings.STATIC_URL, settings.MEDIA_URL, settings.TIME_ZONE)).encode())
    return fingerprint.hexdigest()


def sources() -> Iterator[Path]:
    for room, pattern in SHOWN:
        yield from sorted(path for path in (ROOT / room).rglob(pattern) if path.is_file() and path.suffix != ".pyc")
    yield from sorted((ROOT / "site" / "locale").rglob("*.mo"))
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.is_file():
        yield manifest


def announce_release() -> None:
    """Called by each web process before it serves: makes all entries old if other code has rendered them."""
    mine = release()
    try:
        stored = link().call("HGET", names.VERSIONS, RELEASE, seconds=versions.SECONDS)
        if stored != mine.encode():
            versions.flush()
            link().call("HSET", names.VERSIONS, RELEASE, mine, seconds=versions.SECONDS)
    except LinkFault as fault:
        faults.note_fault("announcing the release", fault)
        owe()


def owe() -> None:
    try:
        connection.ensure_connection()
        debts.write_debt(connection)
    except DatabaseError:
        faults.log.exception("The page cache may hold pages of another release.")
    finally:
        connection.close()
