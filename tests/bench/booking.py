"""How many visits a second: through the action, over HTTP, and as bare SQL in the same run."""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import httpx
import psycopg
from django.db import connection

from clinic.booking.choices import Choice
from clinic.directory.models import Location, Practitioner, Service
from clinic.lib import clock
from clinic.scheduling.actions import BookingRefused, Contact, book_appointment
from clinic.scheduling.availability import Slot, free_slots
from clinic.scheduling.models import Appointment
from tests.bench.figures import spread
from tests.bench.replay import listen, replay
from tests.concurrency.server import database_url, serving

CLIENTS = 16
BOOKINGS = 2000
TOKEN = "t" * 32
CONTACT = Contact(name="Layla Haddad", phone="+962791234567", email="layla@patients.example")


def measure() -> dict[str, Any]:
    """Bookings a second with sixteen clients, their latency in ms, faults, and the ratios to bare SQL."""
    service = Service.objects.get(slug="plain")
    people = {each.pk: each for each in Practitioner.objects.all()}
    places = {each.pk: each for each in Location.objects.all()}
    slots = distinct(service)
    book = partial(book_slot, service=service, people=people, places=places)
    sample = listen(lambda: book(next(slots)))
    figures: dict[str, Any] = {"clients": CLIENTS, "bookings": BOOKINGS, "statements": len(sample.statements)}

    connections = threading.local()

    def book_raw(slot: Slot) -> None:
        if not hasattr(connections, "raw"):
            connections.raw = psycopg.connect(
                database_url(), autocommit=True, cursor_factory=psycopg.ClientCursor, options="-c timezone=UTC"
            )
        shift = slot.starts_at - sample.appointment.starts_at
        replay(connections.raw, sample, practitioner=slot.practitioner_id, shift=shift)

    # Twice each, turn by turn, so that a busy moment of the machine does not decide; the better one counts.
    for name, deed in (("raw", book_raw), ("action", book)) * 2:
        better(figures, name, run_threads(deed, [next(slots) for _ in range(BOOKINGS)]))
    with serving(settings_module="config.settings.dev") as address:
        for _ in range(2):
            choices = [choice(next(slots), service, people, places) for _ in range(BOOKINGS // 2)]
            better(figures, "http", asyncio.run(run_http(address, choices)))
    for name in ("action", "http"):
        figures[f"{name}_to_raw"] = round(figures[name]["per_second"] / figures["raw"]["per_second"], 2)
    return figures


def better(figures: dict[str, Any], name: str, found: dict[str, Any]) -> None:
    if name not in figures or found["per_second"] > figures[name]["per_second"]:
        figures[name] = found


def distinct(service: Service) -> Iterator[Slot]:
    """Free times that do not overlap each other, spread over practitioners and days."""
    first_day = clock.now().date() + timedelta(days=3)
    found = free_slots(service=service, first_day=first_day, days=56)
    apart = [slot for slot in found if slot.starts_at.minute % service.duration == 0]
    return iter(sorted(apart, key=scattered))


def scattered(slot: Slot) -> int:
    """An order without pattern, the same in each run (Knuth's multiplicative hash)."""
    return (int(slot.starts_at.timestamp()) // 1800 * 1009 + slot.practitioner_id) * 2654435761 % 2**32


def choice(slot: Slot, service: Service, people: dict[int, Practitioner], places: dict[int, Location]) -> Choice:
    return Choice(service, people[slot.practitioner_id], places[slot.location_id], slot.starts_at)


def book_slot(
    slot: Slot, *, service: Service, people: dict[int, Practitioner], places: dict[int, Location]
) -> Appointment:
    return book_appointment(
        service=service,
        practitioner=people[slot.practitioner_id],
        location=places[slot.location_id],
        starts_at=slot.starts_at,
        contact=CONTACT,
        language="en",
        source="site",
        by=None,
        sender="bench",
        key=f"{slot.practitioner_id}-{slot.starts_at.timestamp():.0f}",
    )


def run_threads(deed: Callable[[Slot], Any], slots: list[Slot]) -> dict[str, Any]:
    times: list[float] = []
    faults: Counter[str] = Counter()
    queue = iter(slots)
    turn = threading.Lock()

    def work() -> None:
        while True:
            with turn:
                slot = next(queue, None)
            if slot is None:
                connection.close()
                return
            begin = time.perf_counter()
            try:
                deed(slot)
            except (BookingRefused, RuntimeError, psycopg.Error) as fault:
                faults[f"{type(fault).__name__}: {fault}"] += 1
            times.append((time.perf_counter() - begin) * 1000)

    begin = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as crowd:
        for done in [crowd.submit(work) for _ in range(CLIENTS)]:
            done.result()
    return rates(len(slots), time.perf_counter() - begin, times, faults)


async def run_http(address: str, choices: list[Choice]) -> dict[str, Any]:
    times: list[float] = []
    faults: Counter[str] = Counter()
    queue = iter(enumerate(choices))
    headers = {"X-CSRFToken": TOKEN, "Cookie": f"csrftoken={TOKEN}"}

    async def work() -> None:
        async with httpx.AsyncClient(base_url=address, headers=headers, timeout=60) as client:
            for number, wanted in queue:
                typed = {"name": "Layla Haddad", "phone": f"+96279{number:07}", "email": CONTACT.email, "note": ""}
                begin = time.perf_counter()
                answer = await client.post(f"/en/book/{wanted.service.slug}/details/", data=wanted.fields | typed)
                times.append((time.perf_counter() - begin) * 1000)
                if answer.status_code != 303:
                    faults[str(answer.status_code)] += 1

    begin = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(CLIENTS)))
    return rates(len(choices), time.perf_counter() - begin, times, faults)


def rates(count: int, seconds: float, times: list[float], faults: Counter[str]) -> dict[str, Any]:
    return {
        "per_second": round((count - faults.total()) / seconds, 1),
        **spread(times),
        "errors": faults.total(),
        "kinds_of_errors": dict(faults),
    }
