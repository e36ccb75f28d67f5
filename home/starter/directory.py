"""Locations, specialties, services, rooms, devices and closures."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model

from clinic.directory.models import Closure, Device, Location, OpeningHours, Room, Service, Specialty, usual_reminders
from home.starter.files import read_data
from home.starter.hours import read_hours
from home.starter.ledger import Ledger

Subject = TypeVar("Subject", bound=Model)
ONLY_FOR_THE_SEED = {"open", "patients", "key", "kind"}


def load_directory(ledger: Ledger) -> None:
    places = read_data("directory/locations")
    load_each(ledger, "location", places["location"], build_location)
    load_each(ledger, "specialty", read_data("directory/specialties")["specialty"], build_specialty)
    load_each(ledger, "service", read_data("directory/services")["service"], build_service)
    load_each(ledger, "room", numbered_rooms(places["rooms"]), build_room)
    load_each(ledger, "device", places["device"], build_device)
    load_each(ledger, "closure", read_data("directory/closures")["closure"], build_closure)


def load_each(
    ledger: Ledger, kind: str, rows: list[dict[str, Any]], build: Callable[[int, dict[str, Any]], Model | None]
) -> None:
    """Create each row that was never loaded; `build` returns None for one that is there already."""
    for order, row in enumerate(rows, start=1):
        key = f"{kind}:{row.get('key') or row['slug']}"
        if not ledger.has(key):
            ledger.write([key], created=int(build(order, row) is not None))


def fields_of(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ONLY_FOR_THE_SEED}


def checked(subject: Subject) -> Subject:
    """Save `subject` as a form would: a wrong seed file raises `ValidationError`."""
    subject.full_clean()
    subject.save()
    return subject


def build_location(order: int, row: dict[str, Any]) -> Location | None:
    if Location.objects.filter(slug=row["slug"]).exists():
        return None
    location = Location(**fields_of(row), sort_order=order)
    for text in row["open"]:
        for weekday, starts, ends in read_hours(text):
            location.opening_hours.add(OpeningHours(weekday=weekday, starts=starts, ends=ends))
    return checked(location)


def build_specialty(order: int, row: dict[str, Any]) -> Specialty | None:
    if Specialty.objects.filter(slug=row["slug"]).exists():
        return None
    return checked(Specialty(**fields_of(row), sort_order=order))


def build_service(order: int, row: dict[str, Any]) -> Service | None:
    if Service.objects.filter(slug=row["slug"]).exists():
        return None
    specialty = Specialty.objects.get(slug=row["specialty"])
    service = Service(**{**fields_of(row), "specialty": specialty}, sort_order=order)
    service.reminder_rules.add(*usual_reminders())
    return checked(service)


def numbered_rooms(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A row for each room of each group: "Consultation room 1", "Consultation room 2" and so on."""
    rows = []
    for group in groups:
        for number in range(1, group["count"] + 1):
            suffix = f" {number}" if group["count"] > 1 else ""
            rows.append(
                {
                    "key": f"{group['location']}-{group['kind']}-{number}",
                    "location": group["location"],
                    "room_kind": group["kind"],
                    "name_en": group["name_en"] + suffix,
                    "name_ar": group["name_ar"] + suffix,
                }
            )
    return rows


def build_room(order: int, row: dict[str, Any]) -> Room | None:
    location = Location.objects.filter(slug=row["location"]).first()
    if location is None or Room.objects.filter(location=location, name_en=row["name_en"]).exists():
        return None
    return checked(Room(**{**fields_of(row), "location": location}))


def build_device(order: int, row: dict[str, Any]) -> Device | None:
    location = Location.objects.filter(slug=row["location"]).first()
    if location is None or Device.objects.filter(location=location, name_en=row["name_en"]).exists():
        return None
    names = {name: row[name] for name in ("name_en", "name_ar")}
    return checked(Device(location=location, device_kind=row["kind"], **names))


def build_closure(order: int, row: dict[str, Any]) -> Closure | None:
    location = Location.objects.filter(slug=row.get("location", "")).first()
    if (location is None) != ("location" not in row):
        return None  # the one branch that it would close is gone
    if Closure.objects.filter(location=location, name_en=row["name_en"], first_day=row["first_day"]).exists():
        return None
    return checked(Closure(**{**fields_of(row), "location": location}))
