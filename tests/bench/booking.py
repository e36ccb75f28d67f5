"""How many visits a second: through the action, over HTTP, and as bare SQL in the same run."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

from clinic.booking.choices import Choice
from clinic.directory.models import Location, Practitioner, Service
from clinic.lib import clock
from clinic.scheduling.actions import Contact, book_appointment
from clinic.scheduling.availability import Slot, free_slots
from clinic.scheduling.models import Appointment
from tests.bench.crowds import CLIENTS, Turn, send_forms, work_in_threads
from tests.bench.figures import median, spread
from tests.bench.progress import say
from tests.bench.replay import RawClients, listen
from tests.concurrency.server import serving

TURNS, BOOKINGS = 5, 400  # of each kind; the first turn warms up and is not counted
CONTACT = Contact(name="Layla Haddad", phone="+962791234567", email="layla@patients.example")


def measure() -> dict[str, Any]:
    """Bookings a second with sixteen clients, their latency in ms, faults, and the ratios to bare SQL.

    Raw, action and HTTP take turns, so that a busy moment of the machine meets them all; the ratios are the medians
    over the turns.
    """
    clinic = Clinic()
    slots = clinic.slots_apart()
    sample = listen(lambda: clinic.book(next(slots)))
    raw = RawClients(sample)
    turns: dict[str, list[Turn]] = {"raw": [], "action": [], "http": []}
    with serving(settings_module="config.settings.dev") as address, raw:
        deeds: dict[str, Callable[[], Turn]] = {
            "raw": lambda: work_in_threads(raw.book, take(slots)),
            "action": lambda: work_in_threads(clinic.book, take(slots)),
            "http": lambda: send_forms(address, [clinic.form(slot) for slot in take(slots)]),
        }
        for number in range(TURNS):
            for name, deed in deeds.items():
                turns[name].append(deed())
                say(f"turn {number + 1} of {TURNS}, {name}: {turns[name][-1].per_second:.0f} bookings a second")
    figures: dict[str, Any] = {"clients": CLIENTS, "statements": len(sample.statements)}
    figures |= {name: summary(found[1:]) for name, found in turns.items()}
    for name in ("action", "http"):
        pairs = zip(turns[name][1:], turns["raw"][1:], strict=True)
        figures[f"{name}_to_raw"] = round(median([mine.per_second / bare.per_second for mine, bare in pairs]), 2)
    return figures


def take(slots: Iterator[Slot]) -> list[Slot]:
    return [next(slots) for _ in range(BOOKINGS)]


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
    """For people: a line for each way of booking."""
    lines = [
        f"{figures['clients']} clients, {figures['statements']} statements for each booking, turn by turn",
        "",
        f"{'':<8}{'bookings':>10}{'per second':>12}{'of raw':>8}{'median ms':>11}{'p99 ms':>10}{'errors':>8}",
    ]
    for name in ("raw", "action", "http"):
        row, ratio = figures[name], figures.get(f"{name}_to_raw", 1.0)
        speed = f"{row['per_second']:>12}{ratio:>8}{row['median_ms']:>11}{row['p99_ms']:>10}"
        lines.append(f"{name:<8}{row['bookings']:>10}{speed}{row['errors']:>8}")
        lines += [f"        {number} × {kind}" for kind, number in row["kinds_of_errors"].items()]
    return "\n".join(lines)
