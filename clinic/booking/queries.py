"""Reads of booking."""

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Site

from clinic.booking.models import WidgetHost
from clinic.booking.rules import SENDER
from clinic.lib import clock
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment, BookingRequest

WAITING = (AppointmentStatus.PENDING, AppointmentStatus.BOOKED)


def coming_visits(*, proven: str = "", **contact: str) -> QuerySet[Appointment]:
    """Visits to come, booked or to be approved, of all with this `phone` (E.164) or `email`, however it is cased.

    With `proven`, a channel, those for which the owner of the contact has read a code; else those for which nobody has.
    """
    owner = "contact_" if proven else "patient__"
    known = {f"{owner}{name}{'__iexact' if name == 'email' else ''}": value for name, value in contact.items()}
    return Appointment.objects.filter(status__in=WAITING, starts_at__gte=clock.now(), proven=proven, **known)


def framing_sites(request: HttpRequest) -> list[str]:
    """The origins of other sites that may show the booking of the site of `request`."""
    known = WidgetHost.objects.filter(widget__site=Site.find_for_request(request))
    return list(known.values_list("origin", flat=True))


def is_answered(key: str) -> bool:
    """Whether the form with this key has been booked already."""
    return BookingRequest.objects.filter(sender=SENDER, key=key).exists()
