"""The sixteen people who see patients, with their portraits and hours."""

from typing import Any

from clinic.directory.models import Location, Practitioner, Service, Specialty, WorkingHours
from home.starter.directory import checked
from home.starter.files import read_data
from home.starter.hours import read_places
from home.starter.images import load_image
from home.starter.ledger import Ledger

TEXTS = ("slug", "gender", "languages", "name_en", "name_ar", "title_en", "title_ar", "biography_en", "biography_ar")


def load_practitioners(ledger: Ledger) -> None:
    for order, row in enumerate(read_data("directory/practitioners")["practitioner"], start=1):
        key = f"practitioner:{row['slug']}"
        if ledger.has(key):
            continue
        known = Practitioner.objects.filter(slug=row["slug"]).exists()
        if not known:
            build_practitioner(ledger, order, row)
        ledger.write([key], created=int(not known))


def build_practitioner(ledger: Ledger, order: int, row: dict[str, Any]) -> Practitioner:
    person = Practitioner(**{name: row[name] for name in TEXTS}, sort_order=order)
    person.portrait = load_image(
        ledger,
        f"portraits/{row['slug']}",
        title=row["name_en"],
        alt_en=f"Portrait of {row['name_en']}",
        alt_ar=f"صورة {row['name_ar']}",
    )
    person.specialties = Specialty.objects.filter(slug__in=row["specialties"])
    person.services = Service.objects.filter(slug__in=row["services"])
    places = {location.slug: location for location in Location.objects.all()}
    for slug, (weekday, starts, ends) in read_places(row["hours"]):
        if slug in places:
            hours = WorkingHours(location=places[slug], weekday=weekday, starts=starts, ends=ends)
            person.working_hours.add(hours)
    return checked(person)
