"""How long free times take on a million stored visits."""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.db import connection

from clinic.directory.models import Practitioner, Service
from clinic.lib import clock
from clinic.scheduling.availability import free_slots, nearest_free, next_free
from tests.bench.figures import spread

Question = Callable[[], Any]
Result = TypeVar("Result")
PATIENCE = 8  # seconds


def measure() -> dict[str, Any]:
    """Each question: number of answers and queries; median and p99 of the query and of the whole call, in ms."""
    everybody = list(Practitioner.objects.order_by("pk").values_list("pk", flat=True))
    first_day = clock.now().date() + timedelta(days=1)
    figures = {}
    for service in Service.objects.order_by("pk"):

        def slots(count: int, days: int, service: Service = service) -> Question:
            chosen = everybody[:count]
            return lambda: free_slots(service=service, first_day=first_day, days=days, practitioners=chosen)

        def coming(service: Service = service) -> Any:
            return next_free(service=service, practitioners=everybody)

        def nearest(service: Service = service) -> Any:
            location = Practitioner.objects.get(pk=everybody[0]).working_hours.all()[0].location_id
            around = clock.now() + timedelta(days=3)
            return lambda: nearest_free(
                service=service, practitioner_id=everybody[0], location_id=location, around=around
            )

        figures[service.slug] = {
            "1 practitioner, 7 days": measure_question(slots(1, 7), rounds=200),
            "20 practitioners, 7 days": measure_question(slots(20, 7), rounds=100),
            "500 practitioners, 30 days": measure_question(slots(500, 30), rounds=15),
            "next free of 500": measure_question(coming, rounds=40),
            "nearest five": measure_question(nearest(), rounds=40),
        }
    return figures


def measure_question(ask: Question, *, rounds: int) -> dict[str, Any]:
    asked: list[tuple[str, Any]] = []

    def listen(execute: Any, query: str, parameters: Any, many: bool, context: Any) -> Any:
        asked.append((query, parameters))
        return execute(query, parameters, many, context)

    with connection.execute_wrapper(listen):
        answers = len(ask())
    whole = repeat(lambda: timed(ask), rounds)
    plans = repeat(lambda: plan(*asked[0]), rounds)
    return {
        "answers": answers,
        "queries": len(asked),
        "rounds": len(whole),
        "execution": spread([found["Execution Time"] for found in plans]),
        "planning": spread([found["Planning Time"] for found in plans]),
        "whole_call": spread(whole),
    }


def repeat(measure_once: Callable[[], Result], rounds: int) -> list[Result]:
    """`rounds` measurements, fewer when they take longer than `PATIENCE`, but three at least."""
    found: list[Result] = []
    begin = time.perf_counter()
    while len(found) < 3 or (len(found) < rounds and time.perf_counter() - begin < PATIENCE):
        found.append(measure_once())
    return found


def timed(ask: Question) -> float:
    begin = time.perf_counter()
    ask()
    return (time.perf_counter() - begin) * 1000


def plan(query: str, parameters: Any) -> dict[str, Any]:
    """What PostgreSQL says that it did, in ms; the clock of each single step would slow it down."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {query}", parameters)
        found = cursor.fetchone()[0]
    return (json.loads(found) if isinstance(found, str) else found)[0]
