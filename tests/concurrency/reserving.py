"""What in `clinic/scheduling` may reserve a time: found in its source, so that nobody has to remember a list."""

import ast
from collections import defaultdict
from pathlib import Path

from config.env import ROOT

ROOM = ROOT / "clinic" / "scheduling"
STATEMENT = "INSERT INTO scheduling_reservation"
Function = tuple[str, str]  # module and name


def functions() -> set[Function]:
    """All functions from which a call, a call of a call … or a statement of their own inserts a reservation.

    But for tasks: to ring for a worker is not to reserve.
    """
    calls: dict[Function, set[Function]] = defaultdict(set)
    found: set[Function] = set()
    for file in ROOM.rglob("*.py"):
        if "migrations" in file.parts or file.name == "tasks.py":
            continue
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        tree = ast.parse(file.read_text(encoding="utf-8"))
        statements = {
            target.id
            for each in tree.body
            if isinstance(each, ast.Assign) and STATEMENT in ast.unparse(each.value)
            for target in each.targets
            if isinstance(target, ast.Name)
        }
        names = imported(tree)
        for function in [each for each in tree.body if isinstance(each, ast.FunctionDef)]:
            me = (module, function.name)
            for node in ast.walk(function):
                if isinstance(node, ast.ImportFrom):
                    names |= imported(node)
            for node in ast.walk(function):
                if isinstance(node, ast.Name) and node.id in statements:
                    found.add(me)
                elif isinstance(node, ast.Name):
                    calls[me].add(names.get(node.id, (module, node.id)))
    while more := {each for each, called in calls.items() if called & found} - found:
        found |= more
    return found


def imported(tree: ast.AST) -> dict[str, Function]:
    """The names that a module takes from others, and what they are there."""
    return {
        alias.asname or alias.name: (str(node.module), alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def module_of(file: str) -> str:
    return ".".join(Path(file).relative_to(ROOT).with_suffix("").parts)
