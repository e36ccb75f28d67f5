"""Three hundred people who do not exist, for the demonstration."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from clinic.lib.references import ALPHABET
from clinic.patients.enums import PatientGender, PatientOrigin
from clinic.patients.models import Patient
from home.starter.files import read_data
from home.starter.ledger import Ledger

COUNT = 300
ADULT = 18


@dataclass(frozen=True, slots=True)
class Moment:
    """When the demonstration is made: `today` is the clinic's local day of `now`, `seed` makes it repeatable."""

    now: datetime
    today: date
    seed: int

    def dice(self, purpose: str) -> random.Random:
        """Numbers that are the same for the same seed and purpose. Nothing here is a secret."""
        return random.Random(f"{self.seed}:{purpose}")


def reference(dice: random.Random) -> str:
    """Like `clinic.lib.references.new_reference`, but repeatable."""
    return "".join(dice.choices(ALPHABET, k=10))


def load_people(ledger: Ledger, *, moment: Moment) -> None:
    """Create the people that were never loaded, in one statement."""
    keys = [f"patient:{number:03d}" for number in range(1, COUNT + 1)]
    people = [person for key, person in zip(keys, invent_people(moment), strict=True) if not ledger.has(key)]
    Patient.objects.bulk_create(people)
    for person in people:
        person.created_at = moment.now - timedelta(days=moment.dice(person.reference).randint(45, 900))
    Patient.objects.bulk_update(people, ["created_at"], batch_size=COUNT)
    ledger.write(keys, created=len(people))


def invent_people(moment: Moment) -> list[Patient]:
    """The same `COUNT` people for the same moment; numbers from 079 000 0001, which belong to nobody we know."""
    names, dice = read_data("patients/names"), moment.dice("people")
    taken: set[str] = set()
    people: list[Patient] = []
    while len(people) < COUNT:
        gender = dice.choice([PatientGender.FEMALE, PatientGender.MALE])
        (first_en, first_ar), (family_en, family_ar) = dice.choice(names[gender]), dice.choice(names["family"])
        if f"{first_en} {family_en}" in taken:
            continue
        taken.add(f"{first_en} {family_en}")
        people.append(
            invent_person(
                dice,
                number=len(people) + 1,
                today=moment.today,
                gender=gender,
                name_en=f"{first_en} {family_en}",
                name_ar=f"{first_ar} {family_ar}",
            )
        )
    is_somebody_again(people[-1], known=people[-2])
    return people


def is_somebody_again(visitor: Patient, *, known: Patient) -> None:
    """Make `visitor` somebody who is known already and has booked on the site: a pair to match at the desk."""
    known.origin, visitor.origin = PatientOrigin.DESK, PatientOrigin.SITE
    for name in ("name_en", "name_ar", "gender", "phone"):
        setattr(visitor, name, getattr(known, name))
    visitor.birth_date, visitor.email = None, ""


def invent_person(dice: random.Random, *, number: int, today: date, name_en: str, **fields: Any) -> Patient:
    # One in five is a child, one in five is over sixty.
    youngest, oldest = dice.choices([(0, 17), (18, 59), (60, 88)], weights=[20, 60, 20])[0]
    born = today - timedelta(days=dice.randint(youngest * 366, (oldest + 1) * 365 - 1))
    mailbox = name_en.lower().replace(" ", ".").replace("-", "").replace("’", "")
    return Patient(
        reference=reference(dice),
        name_en=name_en,
        birth_date=born,
        phone=f"+96279{number:07d}",
        email=f"{mailbox}@example.com" if dice.random() < 0.85 else "",
        language="ar" if dice.random() < 0.75 else "en",
        origin=PatientOrigin.DESK if dice.random() < 0.7 else PatientOrigin.SITE,
        is_synthetic=True,
        **fields,
    )


def age(person: Patient, today: date) -> int:
    born = person.birth_date or today
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
