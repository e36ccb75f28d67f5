"""The files of the project, as its own tests read them."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("clinic", "config", "content", "home")
FOREIGN = {"vendor", "var", "node_modules", "__pycache__"}  # not written here
TEXT = {".py", ".html", ".txt", ".css", ".js", ".md", ".json", ".toml", ".yml", ".yaml", ".svg", ".sql", ".po", ""}


def files(*rooms: str, kinds: set[str]) -> Iterator[Path]:
    """The files below `rooms` with one of the endings `kinds`."""
    for room in rooms:
        # Foreign folders are not even entered: a running clinic makes and removes files in its own.
        for folder, inner, names in os.walk(ROOT / room):
            inner[:] = sorted(set(inner) - FOREIGN)
            yield from (Path(folder, name) for name in sorted(names) if Path(name).suffix in kinds)


def everything() -> Iterator[Path]:
    """Every text that we wrote, wherever it stands."""
    rooms = [entry.name for entry in ROOT.iterdir() if entry.is_dir() and entry.name in ROOT_FOLDERS]
    yield from files(*sorted(rooms), kinds=TEXT)
    yield from (path for path in sorted(ROOT.iterdir()) if path.is_file() and path.name in ROOT_FILES)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def our_models() -> list[type[Model]]:
    """Every model of the clinic, the home page and the content; none of a library."""
    return [
        model
        for app in apps.get_app_configs()
        if app.name.partition(".")[0] in ROOMS
        for model in app.get_models(include_auto_created=False)
    ]


# What stands at the root, and nothing else: the house of docs/architecture.md.
ROOT_FOLDERS = {
    ".ci",
    ".github",
    "clinic",
    "config",
    "content",
    "docs",
    "home",
    "site",
    "static",
    "templates",
    "tests",
}
ROOT_FILES = {
    ".editorconfig",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "manage.py",
    "pyproject.toml",
    "requirements-dev.txt",
    "requirements.txt",
    "run",
}
