"""Secrets made on this machine for this machine: one JSON file that only its owner reads."""

import json
import os
import secrets
from pathlib import Path


def keep_secret(data_dir: Path, name: str) -> str:
    """The secret `name`, made at the first call: 64 URL-safe characters. Raises OSError on a disk that refuses."""
    place = data_dir / "secrets.json"
    kept = json.loads(place.read_text()) if place.exists() else {}
    if name not in kept:
        kept[name] = secrets.token_urlsafe(48)
        data_dir.mkdir(parents=True, exist_ok=True)
        write_private(place, json.dumps(kept, indent=1))
    return str(kept[name])


def write_private(place: Path, content: str) -> None:
    """Write `content` with mode 0600, all or nothing."""
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
