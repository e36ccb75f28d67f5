"""How long free times take on a million stored visits."""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection

from clinic.directory.models import Practitioner, Service
from clinic.lib import clock
from clinic.lib.planned import prepared
from clinic.scheduling.availability import free_slots, nearest_free, next_free
from clinic.scheduling.availability.sql import KINDS
from tests.bench.figures import median, spread
from tests.bench.progress import say

Question = Callable[[], Any]

ROUNDS, FEWEST_ROUNDS = 40, 5
PATIENCE = 10  # seconds for one question


def measure() -> dict[str, Any]:
    """Each question of each service: answers, queries, and ms in the database and for the whole call."""
    return {
        service.slug: {name: measure_question(f"{service.slug}: {name}", ask) for name, ask in questions(service)}
        for service in Service.objects.order_by("pk")
    }


def questions(service: Service) -> list[tuple[str, Question]]:
    everybody = list(Practitioner.objects.order_by("pk").values_list("pk", flat=True))
    first_day = clock.now().date() + timedelta(days=1)
    doctor = Practitioner.objects.get(pk=everybody[0])
    location = doctor.working_hours.all()[0].location_id
    around = clock.now() + timedelta(days=3)

    def slots(count: int, days: int) -> Question:
        chosen = everybody[:count]
        return lambda: free_slots(service=service, first_day=first_day, days=days, practitioners=chosen)

    return [
        ("1 practitioner, 7 days", slots(1, 7)),
        ("20 practitioners, 7 days", slots(20, 7)),
        ("500 practitioners, 30 days", slots(500, 30)),
        ("next free of 20", lambda: next_free(service=service, practitioners=everybody[:20])),
        ("next free of 500", lambda: next_free(service=service, practitioners=everybody)),
        (
            "nearest five",
            lambda: nearest_free(service=service, practitioner_id=doctor.pk, location_id=location, around=around),
        ),
    ]


def measure_question(name: str, ask: Question) -> dict[str, Any]:
    """`ask` and the plan of its query turn by turn, so that a busy moment of the machine meets both."""
    asked: list[tuple[str, Any]] = []

    def listen(execute: Any, query: str, parameters: Any, many: bool, context: Any) -> Any:
        asked.append((query, parameters))
        return execute(query, parameters, many, context)

    with connection.execute_wrapper(listen):
        answers = len(ask())
    whole: list[float] = []
    execution: list[float] = []
    planning: list[float] = []
    begin = time.perf_counter()
    while len(whole) < FEWEST_ROUNDS or (len(whole) < ROUNDS and time.perf_counter() - begin < PATIENCE):
        whole.append(timed(ask))
        plans = [plan(query, parameters) for query, parameters in asked]
        execution.append(sum(found["Execution Time"] for found in plans))
        planning.append(sum(found["Planning Time"] for found in plans))
    say(f"{name}: {median(whole):.1f} ms, {len(whole)} rounds")
    return {
        "answers": answers,
        "queries": len(asked),
        "rounds": len(whole),
        "database": spread([sum(each) for each in zip(planning, execution, strict=True)]),
        "planning": spread(planning),
        "execution": spread(execution),
        "whole_call": spread(whole),
    }


def timed(ask: Question) -> float:
    begin = time.perf_counter()
    ask()
    return (time.perf_counter() - begin) * 1000


def plan(query: str, parameters: Any) -> dict[str, Any]:
    """What PostgreSQL says that it did, in ms; the clock of each single step would slow it down."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {prepared(query, KINDS)}", parameters)
        found = cursor.fetchone()[0]
    return (json.loads(found) if isinstance(found, str) else found)[0]


def table(figures: dict[str, Any]) -> str:
    """For people: a line for each question, ms as median / 99th percentile."""
    lines = [
        "ms, median / 99th percentile; database = planning + execution as EXPLAIN (ANALYZE, TIMING OFF) gives them;",
        "of fewer than a hundred rounds the 99th percentile is the slowest",
        "",
        f"{'':<28}{'answers':>8}{'queries':>9}{'rounds':>8}{'planning':>18}{'database':>20}{'whole call':>20}",
    ]
    for slug, found in figures.items():
        lines.append(slug)
        for name, row in found.items():
            counts = f"  {name:<26}{row['answers']:>8}{row['queries']:>9}{row['rounds']:>8}"
            lines.append(f"{counts}{pair(row['planning']):>18}{pair(row['database']):>20}{pair(row['whole_call']):>20}")
    return "\n".join(lines)


def pair(found: dict[str, float]) -> str:
    return f"{found['median_ms']} / {found['p99_ms']}"
