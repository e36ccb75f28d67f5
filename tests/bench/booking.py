"""How many visits a second: through the action, over HTTP, and as bare SQL in the same run."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any

from django.db import connection

from clinic.booking.choices import Choice
from clinic.directory.models import Location, Practitioner, Service
from clinic.lib import clock
from clinic.scheduling.actions import Contact, book_appointment
from clinic.scheduling.availability import Slot, free_slots
from clinic.scheduling.models import Appointment
from tests.bench.crowds import Turn, send_forms, work_in_threads
from tests.bench.figures import median, spread
from tests.bench.progress import say
from tests.bench.replay import listen, raw_desk
from tests.concurrency.server import serving

Way = Callable[[list[Slot]], Turn]

CROWDS = (16, 64)  # clients at once
TURNS, BOOKINGS = 5, 400  # of each kind; the first turn warms up and is not counted
HEADING = f"{'':<8}{'bookings':>10}{'per second':>12}{'of raw':>8}{'median ms':>11}{'p99 ms':>10}{'errors':>8}"
CONTACT = Contact(name="Layla Haddad", phone="+962791234567", email="layla@patients.example")


def measure() -> dict[str, Any]:
    """For each crowd: bookings a second, their latency in ms, faults, and the ratios to bare SQL.

    Raw, action and HTTP take turns, so that a busy moment of the machine meets them all; the ratios are the medians
    over the turns.
    """
    clinic = Clinic()
    slots = clinic.slots_apart()
    sample = listen(lambda: clinic.book(next(slots)))
    figures: dict[str, Any] = {"statements": len(sample.statements), "crowds": []}
    with serving(settings_module="config.settings.dev") as address:
        for clients in CROWDS:
            # Each way of booking takes its turn with times of its own.
            ways: dict[str, Way] = {
                "raw": partial(work_in_threads, partial(raw_desk, sample), clients=clients),
                "action": partial(work_in_threads, clinic.desk, clients=clients),
                "http": partial(send_forms, address, form=clinic.form, clients=clients),
            }
            figures["crowds"].append({"clients": clients} | take_turns(ways, slots))
    return figures


def take_turns(ways: dict[str, Way], slots: Iterator[Slot]) -> dict[str, Any]:
    turns: dict[str, list[Turn]] = {name: [] for name in ways}
    for number in range(TURNS):
        for name, book in ways.items():
            turns[name].append(book([next(slots) for _ in range(BOOKINGS)]))
            say(f"turn {number + 1} of {TURNS}, {name}: {turns[name][-1].per_second:.0f} bookings a second")
    figures: dict[str, Any] = {name: summary(found[1:]) for name, found in turns.items()}
    for name in ("action", "http"):
        pairs = zip(turns[name][1:], turns["raw"][1:], strict=True)
        figures[f"{name}_to_raw"] = round(median([mine.per_second / bare.per_second for mine, bare in pairs]), 2)
    return figures


def summary(turns: list[Turn]) -> dict[str, Any]:
    faults = [fault for turn in turns for fault in turn.faults]
    return {
        "bookings": sum(turn.booked for turn in turns),
        "per_second": round(sum(turn.booked for turn in turns) / sum(turn.seconds for turn in turns), 1),
        **spread([each for turn in turns for each in turn.milliseconds]),
        "errors": len(faults),
        "kinds_of_errors": {kind: faults.count(kind) for kind in sorted(set(faults))},
    }


class Clinic:
    """The service that is booked, and who and where by id."""

    def __init__(self) -> None:
        self.service = Service.objects.get(slug="plain")
        self.people = {each.pk: each for each in Practitioner.objects.all()}
        self.places = {each.pk: each for each in Location.objects.all()}
        self.numbers = count()

    def slots_apart(self) -> Iterator[Slot]:
        """Free times that do not overlap each other, spread over practitioners and days."""
        first_day = clock.now().date() + timedelta(days=3)
        found = free_slots(service=self.service, first_day=first_day, days=21)
        return iter(sorted((slot for slot in found if slot.starts_at.minute % 30 == 0), key=scattered))

    @contextmanager
    def desk(self) -> Iterator[Callable[[Slot], Appointment]]:
        """The action, on a connection of the thread's own."""
        connection.ensure_connection()
        try:
            yield self.book
        finally:
            connection.close()

    def book(self, slot: Slot) -> Appointment:
        return book_appointment(
            service=self.service,
            practitioner=self.people[slot.practitioner_id],
            location=self.places[slot.location_id],
            starts_at=slot.starts_at,
            contact=CONTACT,
            language="en",
            source="site",
            by=None,
            sender="bench",
            key=f"{slot.practitioner_id}-{slot.starts_at.timestamp():.0f}",
        )

    def form(self, slot: Slot) -> tuple[str, dict[str, str]]:
        """The address and the fields of a visitor's form; each visitor has a phone and an address of their own."""
        choice = Choice(self.service, self.people[slot.practitioner_id], self.places[slot.location_id], slot.starts_at)
        number = next(self.numbers)
        typed = {"name": CONTACT.name, "phone": f"+96279{number:07}", "email": f"layla{number}@patients.example"}
        return f"/en/book/{self.service.slug}/details/", choice.fields | typed | {"note": ""}


def scattered(slot: Slot) -> int:
    """An order without pattern, the same in each run (Knuth's multiplicative hash)."""
    return (int(slot.starts_at.timestamp()) // 1800 * 1009 + slot.practitioner_id) * 2654435761 % 2**32


def table(figures: dict[str, Any]) -> str:
    """For people: a line for each crowd and way of booking."""
    lines = [f"{figures['statements']} statements for each booking, turn by turn"]
    for crowd in figures["crowds"]:
        lines += ["", f"{crowd['clients']} clients", HEADING]
        for name in ("raw", "action", "http"):
            row, ratio = crowd[name], crowd.get(f"{name}_to_raw", 1.0)
            speed = f"{row['per_second']:>12}{ratio:>8}{row['median_ms']:>11}{row['p99_ms']:>10}"
            lines.append(f"{name:<8}{row['bookings']:>10}{speed}{row['errors']:>8}")
            lines += [f"        {number} × {kind}" for kind, number in row["kinds_of_errors"].items()]
    return "\n".join(lines)
