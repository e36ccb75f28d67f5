"""`python -m tests.bench slots|booking [--json]`, or `./run bench …`, which brings the servers."""

import argparse
import json
import logging
import sys
from importlib import import_module
from typing import Any

import django

from config.env import point_at_settings


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench", description="Measure on a million stored visits.")
    parser.add_argument("subject", choices=["slots", "booking"])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = parser.parse_args(arguments)
    point_at_settings()
    django.setup()
    logging.disable(logging.WARNING)
    # Only now can models be imported.
    stock = import_module("tests.bench.stock")
    stock.open_stock()
    try:
        figures = import_module(f"tests.bench.{chosen.subject}").measure()
    finally:
        stock.sweep_stock()
    sys.stdout.write(json.dumps({chosen.subject: figures}) + "\n" if chosen.json else "\n".join(lines(figures)) + "\n")
    return 0


def lines(figures: dict[str, Any], indent: str = "") -> list[str]:
    """The figures for people: nested names, one value on a line."""
    found = []
    for name, value in figures.items():
        if isinstance(value, dict) and any(isinstance(each, dict) for each in value.values()):
            found += [f"{indent}{name}", *lines(value, indent + "  ")]
        elif isinstance(value, dict):
            found.append(f"{indent}{name:<28}" + "  ".join(f"{each} {value[each]}" for each in value))
        else:
            found.append(f"{indent}{name:<28}{value}")
    return found


sys.exit(main(sys.argv[1:]))
