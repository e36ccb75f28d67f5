"""All that was typed on the page of booking for a caller, and the visits that it asks for."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from clinic.accounts.models import User
from clinic.desk.basket import AT_MOST, Item, read_items, to_booking, to_item, to_wish
from clinic.desk.forms.booking import ChosenTime, WhatForm, WhoForm
from clinic.desk.forms.extras import RepeatForm, SqueezeForm
from clinic.desk.series import Occurrence, look_ahead
from clinic.directory.models import Location
from clinic.lib import clock
from clinic.patients.models import Patient
from clinic.scheduling.actions import Booking
from clinic.scheduling.models import BookingRequest


class Unready(Exception):
    """What was typed does not make a visit yet. The sentence is for the reader; empty when the forms say it."""

    def __init__(self, text: str = "", *, status: int = 422) -> None:
        super().__init__(text)
        self.status = status


class Draft:
    """`data` is what the browser sent; `put_aside` adds to it. Faults are found on the way, by whoever asks."""

    def __init__(self, data: QueryDict, *, user: User, patients: QuerySet[Patient]) -> None:
        self.data = data
        self.user = user
        self.patients = patients
        self.has_asked_who = False
        self.series: list[Occurrence] | None = None
        self.preview = ""
        self.sender = f"desk:{user.pk}"

    @cached_property
    def what(self) -> WhatForm:
        return WhatForm(self.data)

    @cached_property
    def who(self) -> WhoForm:
        self.has_asked_who = True
        key = str(self.data.get("key", "")).replace("\0", "")
        repeated = BookingRequest.objects.filter(sender=self.sender, key=key).exists()
        return WhoForm(self.data, patients=self.patients, is_repeated=repeated)

    @cached_property
    def repeat(self) -> RepeatForm:
        return RepeatForm(self.data)

    @cached_property
    def squeeze(self) -> SqueezeForm:
        return SqueezeForm(self.data)

    @cached_property
    def may_squeeze(self) -> bool:
        return self.user.has_perm("scheduling.overbook_appointment")

    @cached_property
    def _carried(self) -> tuple[list[Item], int]:
        return read_items(self.data, patients=self.patients)

    @property
    def items(self) -> list[Item]:
        return self._carried[0]

    @property
    def lost_items(self) -> int:
        return self._carried[1]

    @property
    def is_here(self) -> bool:
        """Whether the patient stands before the desk."""
        return bool(self.data.get("walk_in"))

    @property
    def is_series(self) -> bool:
        return bool(self.repeat.is_valid() and self.repeat.cleaned_data["unit"])

    @property
    def key(self) -> str:
        """Raises `Unready` for what no page of ours has sent."""
        try:
            return str(WhoForm.base_fields["key"].clean(self.data.get("key", "")))
        except ValidationError as fault:
            raise Unready(_("This form was sent before, with another content. Check it and book again.")) from fault

    def all_bookings(self) -> list[Booking]:
        """The visits put aside, and the one that stands on the page. Raises `Unready`."""
        self.refuse_what_may_not_be()
        bookings = [item.booking for item in self.items]
        if not bookings or self.has_begun_another():
            bookings += self.bookings()
        if self.is_here and any(not is_today(booking) for booking in bookings):
            raise Unready(_("Whoever is here already is booked for today."))
        return bookings

    def has_begun_another(self) -> bool:
        return any(self.data.get(name) for name in ("time", "squeeze_at", "occurrence"))

    def refuse_what_may_not_be(self) -> None:
        asked = self.data.get("squeeze_at") or any(item.booking.overbooked for item in self.items)
        if asked and not self.may_squeeze:
            raise Unready(_("You may not give a visit an extra seat. Ask an administrator."), status=403)

    def bookings(self) -> list[Booking]:
        """The visit that stands on the page, on each of its dates. Raises `Unready`."""
        # Each is asked, so that all faults are shown at once.
        sound = [form.is_valid() for form in (self.what, self.who, self.repeat, self.squeeze)]
        if not all(sound):
            raise Unready("" if self.has_begun_another() else _("Choose one of the free times."))
        if self.is_series and self.squeeze.is_asked():
            self.repeat.add_error("unit", _("A visit that is squeezed in comes once only."))
            raise Unready
        reason = str(self.squeeze.cleaned_data["overbooked"]) if self.squeeze.is_asked() else ""
        made = [
            to_booking(self.what.cleaned_data["service"], self.who, chosen, overbooked=reason)
            for chosen in self.chosen_times()
        ]
        found = [booking for booking in made if booking]
        if not found or len(found) < len(made):
            raise Unready(_("Choose one of the free times."))
        return found

    def chosen_times(self) -> Sequence[ChosenTime]:
        first = self.first_time()
        if not self.is_series:
            return [first]
        if self.data.get("preview") != self.preview_of(first):
            self.look_ahead()
            raise Unready(_("Look at the dates, then book."), status=200)
        try:
            chosen = [ChosenTime.read(str(value)) for value in self.data.getlist("occurrence") if value]
        except ValueError as fault:
            raise Unready(_("Choose one of the free times.")) from fault
        if not chosen:
            self.look_ahead()
            raise Unready(_("Every date is left out. Choose at least one."))
        return chosen

    def first_time(self) -> ChosenTime:
        if self.squeeze.is_valid() and self.squeeze.is_asked():
            return self.squeezed_time()
        try:
            return ChosenTime.read(self.data.get("time", ""))
        except ValueError as fault:
            raise Unready(_("Choose one of the free times.")) from fault

    def squeezed_time(self) -> ChosenTime:
        """A time that is not among the free ones, with the practitioner who is to squeeze the visit in."""
        person = self.what.cleaned_data["practitioner"]
        place = self.what.cleaned_data["location"]
        if place is None and Location.objects.filter(is_active=True).count() == 1:
            place = Location.objects.get(is_active=True)
        if person is None:
            self.what.add_error("practitioner", _("Say who is to see the patient in between."))
        if place is None:
            self.what.add_error("location", _("Say where."))
        if person is None or place is None:
            raise Unready
        try:
            return ChosenTime(person.pk, place.pk, self.squeeze.starts_at(place.time_zone))
        except ValidationError as fault:
            self.squeeze.add_error("squeeze_at", fault)
            raise Unready from fault

    def look_ahead(self) -> None:
        """Find the dates of a series. Raises `Unready`."""
        sound = [form.is_valid() for form in (self.what, self.repeat, self.squeeze)]
        if not all(sound):
            raise Unready
        first = self.first_time()
        wish = to_wish(self.what.cleaned_data["service"], first)
        if wish is None:
            raise Unready(_("Choose one of the free times."))
        if not self.is_series:
            self.repeat.add_error("unit", _("Say how often the visit comes again."))
            raise Unready
        is_seen = self.data.get("preview") == self.preview_of(first)
        chosen = [str(value) for value in self.data.getlist("occurrence")] if is_seen else []
        starts = wish.starts_at.astimezone(ZoneInfo(wish.location.time_zone))
        self.series = look_ahead(wish, self.repeat.rule(starts), chosen=chosen)
        self.preview = self.preview_of(first)

    def look_again(self) -> None:
        """Show the dates again, if there are any, as they are now."""
        if self.is_series and self.has_begun_another():
            try:
                self.look_ahead()
            except Unready:
                self.series = None

    def preview_of(self, first: ChosenTime) -> str:
        """What a list of dates was made for: another time or rule makes another list."""
        asked = self.repeat.cleaned_data
        days = "".join(asked["weekdays"])
        return f"{self.data.get('service')}|{first}|{asked['unit']}|{asked['every'] or 1}|{asked['times']}|{days}"

    def put_aside(self) -> None:
        """Add the visit of the page to those that are to be booked together. Raises `Unready`."""
        self.refuse_what_may_not_be()
        bookings = self.bookings()
        if len(self.items) + len(bookings) > AT_MOST:
            raise Unready(_("These are too many visits for one booking."))
        for booking in bookings:
            wish = booking.wish
            chosen = ChosenTime(wish.practitioner.pk, wish.location.pk, wish.starts_at)
            self.data.appendlist("item", to_item(booking, data=self.data, chosen=chosen).text)


def is_today(booking: Booking) -> bool:
    zone = booking.wish.location.time_zone
    return clock.local_day(booking.wish.starts_at, zone) == clock.local_day(clock.now(), zone)
