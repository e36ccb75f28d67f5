"""What a visitor types to be put on the waitlist, and a wish in words."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.booking.forms import DetailsForm
from clinic.booking.wording import plain_day
from clinic.directory.enums import Weekday
from clinic.directory.models import Service
from clinic.lib import clock
from clinic.lib.enumeration import listed
from clinic.scheduling.models.waitlist import WaitlistEntry
from clinic.scheduling.waitlist.forms import WEEK, WishForm, waits_too_often

WISH = ("practitioner", "location", "first_day", "last_day", "weekdays", "earliest", "latest")


class WaitlistForm(WishForm, DetailsForm):
    """A wish, and who makes it. An e-mail address is needed: the offers go there."""

    field_order = (*WISH, "name", "phone", "email", "key", "company")
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={
            "required": _("Enter an e-mail address: the free time is offered there."),
            "invalid": _("Enter an e-mail address like name@example.com."),
        },
        help_text=_("When a time becomes free, we offer it to you there, with a link to accept it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.service = service
        del self.fields["note"]  # for the visit, when there is one
        self.fields["practitioner"].label = _("Doctor")

    def clean(self) -> dict[str, Any]:
        cleaned = WishForm.clean(self)
        if WaitlistEntry.objects.filter(key=cleaned.get("key", "")).exists():
            return cleaned  # the form that made it may be sent again
        for name in ("phone", "email"):
            typed = cleaned.get(name)
            if typed and waits_too_often(**{name: typed}):
                self.add_error(name, ValidationError(_("You are waiting for several times already."), code="many"))
        return cleaned


@dataclass(frozen=True, slots=True)
class Wish:
    """An entry as a page tells it. Of days and hours, None means that any is welcome."""

    first_day: str
    last_day: str
    weekdays: str
    earliest: time | None
    latest: time | None


def wish_of(entry: WaitlistEntry) -> Wish:
    today: date = clock.now().date()
    return Wish(
        first_day=plain_day(entry.first_day, today=today),
        last_day=plain_day(entry.last_day, today=today),
        weekdays=listed(str(Weekday(day).label) for day in WEEK if day in entry.weekdays),
        earliest=entry.earliest,
        latest=entry.latest,
    )
