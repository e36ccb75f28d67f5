"""Visits that are to be booked together: they travel with the form, each as the fields that were typed for it."""

import json
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from clinic.desk.forms.booking import ChosenTime, WhatForm, WhoForm
from clinic.desk.templatetags.desk import full_day
from clinic.directory.models import Location, Practitioner, Service
from clinic.lib import clock
from clinic.patients.models import Patient
from clinic.scheduling.actions import Booking, Contact, Wish

FIELDS = (
    "service",
    "time",
    "overbooked",
    "patient",
    "contact_name",
    "contact_phone",
    "contact_email",
    "language",
    "note",
)
AT_MOST = 60


@dataclass(frozen=True, slots=True)
class Item:
    """One visit: what was typed, to be sent again, and what it asks for."""

    text: str
    booking: Booking

    @property
    def starts(self) -> datetime:
        wish = self.booking.wish
        return wish.starts_at.astimezone(ZoneInfo(wish.location.time_zone))


def read_items(data: QueryDict, *, patients: QuerySet[Patient]) -> tuple[list[Item], int]:
    """The visits that `data` carries, and how many of them make no sense any more."""
    texts = data.getlist("item")[:AT_MOST]
    items = [item for text in texts if (item := read_item(str(text), patients=patients))]
    return items, len(texts) - len(items)


def read_item(text: str, *, patients: QuerySet[Patient]) -> Item | None:
    try:
        typed = json.loads(text)
        chosen = ChosenTime.read(str(typed["time"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    # JSON can name halves of letters, which neither the page nor the database can hold.
    whole = {name: str(typed.get(name, "")).encode(errors="replace").decode() for name in FIELDS}
    typed = {name: text.replace("\0", "") for name, text in whole.items()}
    # Whose phone it is was asked when the visit was added.
    who = WhoForm({**typed, "key": WhoForm.new_key(), "is_other_person": "on"}, patients=patients)
    what = WhatForm(typed)
    if not who.is_valid() or not what.is_valid():
        return None
    booking = to_booking(what.cleaned_data["service"], who, chosen, overbooked=typed["overbooked"][:200])
    return Item(text, booking) if booking else None


def to_item(booking: Booking, *, data: QueryDict, chosen: ChosenTime) -> Item:
    """`booking` as an item, of the `data` that it was made of."""
    typed = {name: data.get(name, "") for name in FIELDS}
    typed |= {"time": str(chosen), "overbooked": booking.overbooked}
    return Item(json.dumps(typed), booking)


def to_wish(service: Service, chosen: ChosenTime) -> Wish | None:
    """The time that was chosen; None when practitioner or place do not exist."""
    person = Practitioner.objects.filter(pk=chosen.practitioner).first()
    place = Location.objects.filter(pk=chosen.location).first()
    return Wish(service, person, place, chosen.starts_at) if person and place else None


def to_booking(service: Service, who: WhoForm, chosen: ChosenTime, *, overbooked: str = "") -> Booking | None:
    """What two valid forms and a time ask for; None as for `to_wish`."""
    wish, typed = to_wish(service, chosen), who.cleaned_data
    if wish is None:
        return None
    return Booking(
        wish=wish,
        contact=Contact(name=typed["contact_name"], phone=typed["contact_phone"], email=typed["contact_email"]),
        language=typed["language"],
        patient=who.known,
        note=typed["note"],
        overbooked=overbooked,
    )


def describe(booking: Booking) -> str:
    """Whose visit, and when, in a few words."""
    starts = booking.wish.starts_at.astimezone(ZoneInfo(booking.wish.location.time_zone))
    return _("%(name)s, %(day)s, %(time)s") % {
        "name": booking.contact.name,
        "day": full_day(starts.date()),
        "time": f"\u2066{clock.shown(starts)}\u2069",
    }
