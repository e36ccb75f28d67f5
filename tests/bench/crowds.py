"""Many at once: threads that call, and visitors that send forms."""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import httpx
import psycopg
from django.db import Error

from clinic.scheduling.actions import BookingRefused
from clinic.scheduling.availability import Slot

Desk = Callable[[], AbstractContextManager[Callable[[Slot], Any]]]  # what books while it is open
Form = tuple[str, dict[str, str]]  # path and fields

TOKEN = "t" * 32
PATIENCE = 60  # seconds until all clients are there


@dataclass(slots=True)
class Turn:
    """What one crowd did: how long all took, how long each, and what went wrong."""

    seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def booked(self) -> int:
        return len(self.milliseconds) - len(self.faults)

    @property
    def per_second(self) -> float:
        return self.booked / self.seconds


def work_in_threads(desk: Desk, slots: list[Slot], *, clients: int) -> Turn:
    """All `slots`, by `clients` threads with a desk each; the clock starts when the last desk is open.

    A desk that does not open stops them all with its fault, or with `threading.BrokenBarrierError`.
    """
    turn, queue = Turn(), iter(slots)
    whose_turn = threading.Lock()
    begun: list[float] = []
    gate = threading.Barrier(clients, action=lambda: begun.append(time.perf_counter()), timeout=PATIENCE)

    def work() -> float:
        with desk() as book:
            gate.wait()
            while True:
                with whose_turn:
                    slot = next(queue, None)
                if slot is None:
                    return time.perf_counter()
                begin = time.perf_counter()
                try:
                    book(slot)
                except (BookingRefused, Error, psycopg.Error) as fault:
                    turn.faults.append(f"{type(fault).__name__}: {fault}".strip())
                turn.milliseconds.append((time.perf_counter() - begin) * 1000)

    with ThreadPoolExecutor(clients) as crowd:
        ends = [done.result() for done in [crowd.submit(work) for _ in range(clients)]]
    turn.seconds = max(ends) - begun[0]
    return turn


def send_forms(address: str, slots: list[Slot], *, form: Callable[[Slot], Form], clients: int) -> Turn:
    """The forms of all `slots`, by `clients` visitors at a time who each keep their connection."""
    turn, queue = Turn(), iter([form(slot) for slot in slots])
    headers = {"X-CSRFToken": TOKEN, "Cookie": f"csrftoken={TOKEN}"}

    async def visit(client: httpx.AsyncClient) -> None:
        for path, fields in queue:
            begin = time.perf_counter()
            answer = await client.post(path, data=fields)
            turn.milliseconds.append((time.perf_counter() - begin) * 1000)
            if answer.status_code != httpx.codes.SEE_OTHER:
                turn.faults.append(f"status {answer.status_code}")

    async def run() -> None:
        visitors = [httpx.AsyncClient(base_url=address, headers=headers, timeout=60) for _ in range(clients)]
        begin = time.perf_counter()
        await asyncio.gather(*map(visit, visitors))
        turn.seconds = time.perf_counter() - begin
        await asyncio.gather(*(visitor.aclose() for visitor in visitors))

    asyncio.run(run())
    return turn
