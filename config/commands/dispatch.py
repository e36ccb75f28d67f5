"""Which command was asked for, and one clear line for whatever keeps it from starting."""

import importlib
import sys

from config.embedded.faults import StartFault
from config.values import EnvironmentFault

# Command → module with `main(arguments) -> exit code`. Loaded when asked for: each needs other libraries.
COMMANDS = {
    "start": "start",
    "env": "environment",
    "manage": "manage",
    "test": "tests",
    "bench": "bench",
    "simulate": "simulate",
}


def dispatch(arguments: list[str]) -> int:
    """Run the command and return its exit code. What is wrong with the machine or the settings is one line."""
    name, *rest = arguments or ["start"]
    if name not in COMMANDS:
        print(f"Iyada: there is no command {name!r}. `./run help` lists them.", file=sys.stderr)
        return 1
    try:
        return int(importlib.import_module(f"config.commands.{COMMANDS[name]}").main(rest))
    except (StartFault, EnvironmentFault) as fault:
        print(f"Iyada: {fault}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # `./run env | head` has seen enough
        return 0
    except OSError as fault:  # a full or read-only disk shows itself in many places
        where = f"{fault.filename}: " if fault.filename else ""
        print(f"Iyada: {where}{fault.strerror or fault}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
