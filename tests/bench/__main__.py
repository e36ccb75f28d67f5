"""`python -m tests.bench slots|booking|pages [--json]`, or `./run bench …`, which brings the servers."""

import argparse
import json
import logging
import os
import sys
from importlib import import_module
from typing import Any

import django

from config.env import point_at_settings
from tests.bench.progress import load


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="bench", description="Measure times and bookings on a million stored visits, pages, and the board."
    )
    parser.add_argument("subject", choices=["slots", "booking", "pages", "board"])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = parser.parse_args(arguments)
    point_at_settings()
    django.setup()
    logging.disable(logging.WARNING)
    # Only now can models be imported.
    subject = import_module(f"tests.bench.{chosen.subject}")
    around: dict[str, Any] = {}
    if chosen.subject in {"pages", "board"}:
        before, figures = load(), subject.measure()
    else:
        stock = import_module("tests.bench.stock")
        around["stock"] = stock.open_stock()
        before = load()
        try:
            figures = subject.measure()
        finally:
            stock.sweep_stock()
    around |= {"cores": os.cpu_count(), "load_before": before, "load_after": load()}
    if chosen.json:
        sys.stdout.write(json.dumps(around | {chosen.subject: figures}) + "\n")
    else:
        words = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in around.items())
        sys.stdout.write(f"{words}\n{subject.table(figures)}\n")
    return 0


sys.exit(main(sys.argv[1:]))
