"""The files of the starter clinic in `site/seed/`."""

import tomllib
from pathlib import Path
from typing import Any

SEED = Path(__file__).resolve().parents[2] / "site" / "seed"


def read_data(name: str) -> dict[str, Any]:
    """The TOML file of that name without its ending, as in "directory/services"."""
    return tomllib.loads((SEED / f"{name}.toml").read_text(encoding="utf-8"))


def data_names(folder: str) -> list[str]:
    """The TOML files of a folder and of those in it, in order, as `read_data` takes them."""
    return [str(path.relative_to(SEED).with_suffix("")) for path in sorted((SEED / folder).rglob("*.toml"))]


def picture(name: str) -> Path:
    """The path of a picture: an SVG file, as in "portraits/layla-haddad", unless the name says otherwise."""
    return SEED / (name if "." in name else f"{name}.svg")
