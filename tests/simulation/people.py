"""People who do not exist, each with a phone and an address of their own."""

from dataclasses import dataclass
from random import Random

NAMES = {
    "en": (
        ("Layla", "Omar", "Nour", "Sami", "Hana", "Karim"),
        ("Haddad", "Khoury", "Najjar", "Saleh", "Odeh", "Rimawi"),
    ),
    "ar": (("ليلى", "عمر", "نور", "سامي", "هناء", "كريم"), ("حداد", "خوري", "النجار", "صالح", "عودة", "الريماوي")),
}


@dataclass(frozen=True, slots=True)
class Person:
    language: str
    name: str
    phone: str
    email: str

    @property
    def contact(self) -> dict[str, str]:
        """As the forms for visitors ask it."""
        return {"name": self.name, "phone": self.phone, "email": self.email}


def invent(dice: Random, *, day: str, number: int) -> Person:
    """Person `number` of the day called `day`: no other has their address or, but by rare chance, their phone."""
    language = dice.choice(("en", "ar"))
    first, last = (dice.choice(names) for names in NAMES[language])
    return Person(
        language, f"{first} {last}", f"+96279{dice.randrange(10**7):07d}", f"visitor{number}.{day}@simulation.example"
    )
