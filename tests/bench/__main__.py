"""`python -m tests.bench slots|booking [--json]`, or `./run bench …`, which brings the servers."""

import argparse
import json
import logging
import os
import sys
from importlib import import_module

import django

from config.env import point_at_settings
from tests.bench.progress import load


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
    subject = import_module(f"tests.bench.{chosen.subject}")
    visits = stock.open_stock()
    before = load()
    try:
        figures = subject.measure()
    finally:
        stock.sweep_stock()
    around = {"stock": visits, "cores": os.cpu_count(), "load_before": before, "load_after": load()}
    if chosen.json:
        sys.stdout.write(json.dumps(around | {chosen.subject: figures}) + "\n")
    else:
        words = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in around.items())
        sys.stdout.write(f"{words}\n{subject.table(figures)}\n")
    return 0


sys.exit(main(sys.argv[1:]))
