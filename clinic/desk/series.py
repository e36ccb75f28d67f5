"""A visit that comes again, before it is booked: each date, whether it is free, and what is free nearby."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise

from clinic.desk.forms.booking import ChosenTime
from clinic.desk.times import named
from clinic.directory.models import Location, Practitioner
from clinic.lib import clock
from clinic.scheduling.actions import Wish
from clinic.scheduling.actions.refusals import BOOKING_REFUSALS
from clinic.scheduling.availability import nearest_free
from clinic.scheduling.prospects import refusals
from clinic.scheduling.recurrence import occurrences

NEARBY = 4  # times offered for a date that is not free


@dataclass(frozen=True, slots=True)
class Choice:
    """A time that a date may have; `starts` is on the wall clock of the location."""

    value: str
    starts: datetime
    practitioner: Practitioner
    location: Location


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of a series. `fault` says why its own time cannot be had; `chosen` is the value of a choice, or empty
    for a date that is left out.
    """

    starts: datetime
    fault: str | Promise
    choices: Sequence[Choice]
    chosen: str


def look_ahead(wish: Wish, rule: str, *, chosen: Sequence[str] = ()) -> list[Occurrence]:
    """The dates of `rule` from `wish` on. `chosen` is what was chosen for each when the page was seen last."""
    zone = wish.location.time_zone
    starts = occurrences(rule, first=wish.starts_at, zone=zone)
    wishes = [Wish(wish.service, wish.practitioner, wish.location, moment) for moment in starts]
    found = []
    for number, (each, code) in enumerate(zip(wishes, refusals(wishes, now=clock.now()), strict=True)):
        choices = nearby(each) if code else [as_choice(each)]
        known = chosen[number] if number < len(chosen) else ""
        values = [choice.value for choice in choices]
        found.append(
            Occurrence(
                starts=each.starts_at.astimezone(ZoneInfo(zone)),
                fault=BOOKING_REFUSALS[code] if code else "",
                choices=choices,
                chosen=known if known in values or (chosen and not known) else ("" if code else values[0]),
            )
        )
    return found


def as_choice(wish: Wish) -> Choice:
    value = str(ChosenTime(wish.practitioner.pk, wish.location.pk, wish.starts_at))
    return Choice(value, wish.starts_at.astimezone(ZoneInfo(wish.location.time_zone)), wish.practitioner, wish.location)


def nearby(wish: Wish) -> list[Choice]:
    """What is free around the time of `wish`: with the same practitioner first."""
    slots = nearest_free(
        service=wish.service,
        practitioner_id=wish.practitioner.pk,
        location_id=wish.location.pk,
        around=wish.starts_at,
        count=NEARBY,
        ignore_notice=True,
    )
    places, people = named(slots)
    return [
        as_choice(Wish(wish.service, people[slot.practitioner_id], places[slot.location_id], slot.starts_at))
        for slot in slots
    ]
