"""Many at once: threads that call, and visitors that send forms."""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx
import psycopg
from django.db import Error, connection

from clinic.scheduling.actions import BookingRefused
from clinic.scheduling.availability import Slot

CLIENTS = 16
TOKEN = "t" * 32


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


def work_in_threads(deed: Callable[[Slot], Any], slots: list[Slot]) -> Turn:
    """`deed` for all `slots`, by sixteen threads that are connected before the clock starts."""
    turn, queue = Turn(), iter(slots)
    whose_turn = threading.Lock()
    begun: list[float] = []
    gate = threading.Barrier(CLIENTS, action=lambda: begun.append(time.perf_counter()))

    def work() -> float:
        connection.ensure_connection()
        gate.wait()
        while True:
            with whose_turn:
                slot = next(queue, None)
            if slot is None:
                ended = time.perf_counter()
                connection.close()
                return ended
            begin = time.perf_counter()
            try:
                deed(slot)
            except (BookingRefused, Error, psycopg.Error) as fault:
                turn.faults.append(f"{type(fault).__name__}: {fault}".strip())
            turn.milliseconds.append((time.perf_counter() - begin) * 1000)

    with ThreadPoolExecutor(CLIENTS) as crowd:
        ends = [done.result() for done in [crowd.submit(work) for _ in range(CLIENTS)]]
    turn.seconds = max(ends) - begun[0]
    return turn


def send_forms(address: str, forms: list[tuple[str, dict[str, str]]]) -> Turn:
    """All `forms` (path, fields), by sixteen visitors at a time who each keep their connection."""
    turn, queue = Turn(), iter(forms)
    headers = {"X-CSRFToken": TOKEN, "Cookie": f"csrftoken={TOKEN}"}

    async def visit(client: httpx.AsyncClient) -> None:
        for path, fields in queue:
            begin = time.perf_counter()
            answer = await client.post(path, data=fields)
            turn.milliseconds.append((time.perf_counter() - begin) * 1000)
            if answer.status_code != httpx.codes.SEE_OTHER:
                turn.faults.append(f"status {answer.status_code}")

    async def run() -> None:
        clients = [httpx.AsyncClient(base_url=address, headers=headers, timeout=60) for _ in range(CLIENTS)]
        begin = time.perf_counter()
        await asyncio.gather(*map(visit, clients))
        turn.seconds = time.perf_counter() - begin
        await asyncio.gather(*(client.aclose() for client in clients))

    asyncio.run(run())
    return turn
