"""`./run env`: every variable, what it is here, where that comes from, and what it means."""

import sys
from dataclasses import Field
from typing import Any

from config.embedded.state import read_state
from config.env import env, variables
from config.values import MASK, mask

GENERATED = {"database_url", "redis_url", "secret_key"}  # made by `./run` when they are not given


def main(arguments: list[str]) -> int:
    for field, given in variables():
        value, origin = found(field, given=given)
        sys.stdout.write(f"{field.metadata['name']}={value}\n    {origin}: {field.metadata['meaning']}\n")
    return 0


def found(field: Field[Any], *, given: bool) -> tuple[str, str]:
    """The value as it may be shown, and its origin: environment, default or generated."""
    value = getattr(env, field.name)
    if not given and field.name in GENERATED:
        state = read_state(env.data_dir / "run")
        value = getattr(state, field.name, "") if state else ""
        if field.name == "secret_key" and (env.data_dir / "secrets.json").exists():
            value = MASK
        value, origin = value or "(made at the start)", "generated"
    else:
        origin = "environment" if given else "default"
    if isinstance(value, tuple):
        return ",".join(mask(each) if field.metadata["secret"] else each for each in value), origin
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return (mask(value) if field.metadata["secret"] and not value.startswith("(") else str(value)), origin
