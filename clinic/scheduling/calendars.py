"""A visit as a calendar file: RFC 5545 (iCalendar) and RFC 5546 (how calendars talk to each other)."""

from datetime import timedelta
from email.utils import parseaddr
from enum import StrEnum
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vCalAddress, vGeo, vText

from clinic.lib import clock
from clinic.lib.enumeration import listed
from clinic.lib.phone import for_reading
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment


class CalendarMethod(StrEnum):
    """RFC 5546, 1.4: an invitation, the end of one, or an entry to keep that nobody answers."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


def calendar_for(appointment: Appointment, method: CalendarMethod | str) -> bytes:
    """The visit in the language of its booking, as UTF-8 with CRLF: one entry with the time zone of its location.

    The UID never changes and SEQUENCE is the visit's revision, so a calendar replaces what it knows. A request
    needs an attendee (RFC 5546, 3.2.2): without an e-mail address it becomes a publication.
    """
    method = CalendarMethod(method)
    if method is CalendarMethod.REQUEST and not appointment.contact_email:
        method = CalendarMethod.PUBLISH
    calendar = Calendar()
    calendar.add("prodid", "-//Iyada//Visits//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    with translation.override(appointment.language):
        calendar.add_component(_entry(appointment, method))
    calendar.add_missing_timezones(
        first_date=appointment.starts_at.date() - timedelta(days=366),
        last_date=appointment.ends_at.date() + timedelta(days=366),
    )
    return calendar.to_ical()


def _entry(appointment: Appointment, method: CalendarMethod) -> Event:
    wall = ZoneInfo(appointment.location.time_zone)
    cancelled = method is CalendarMethod.CANCEL or appointment.status == AppointmentStatus.CANCELLED
    event = Event()
    event.add("uid", f"{appointment.reference}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", appointment.revision)
    event.add("dtstamp", clock.now())
    event.add("created", appointment.created_at)
    event.add("dtstart", appointment.starts_at.astimezone(wall))
    event.add("dtend", appointment.ends_at.astimezone(wall))
    language = {"LANGUAGE": appointment.language}
    event.add("summary", summary(appointment), parameters=language)
    event.add("location", place(appointment), parameters=language)
    event.add("description", description(appointment), parameters=language)
    agreed = "TENTATIVE" if appointment.status == AppointmentStatus.PENDING else "CONFIRMED"
    event.add("status", "CANCELLED" if cancelled else agreed)
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    event.add("class", "PRIVATE")  # shared calendars show that the person is busy, not why
    if appointment.location.latitude is not None and appointment.location.longitude is not None:
        event.add("geo", vGeo((float(appointment.location.latitude), float(appointment.location.longitude))))
    event["organizer"] = _organizer(appointment)
    if method is not CalendarMethod.PUBLISH and appointment.contact_email:
        event.add("attendee", _attendee(appointment), encode=False)
    if not cancelled:
        event.add_component(_reminder(summary(appointment)))
    return event


def summary(appointment: Appointment) -> str:
    return _("%(service)s with %(practitioner)s") % {
        "service": appointment.service.name,
        "practitioner": appointment.practitioner.name,
    }


def place(appointment: Appointment) -> str:
    return listed([appointment.location.name, appointment.location.full_address])


def description(appointment: Appointment) -> str:
    """What to know on the way: no link, because calendars are shared and a link opens the visit to its reader."""
    lines = [
        _("Reference: %(reference)s") % {"reference": appointment.spoken_reference},
        _("Phone of the clinic: %(phone)s") % {"phone": for_reading(appointment.location.phone)},
    ]
    if appointment.service.preparation:
        lines += ["", _("How to prepare:"), appointment.service.preparation]
    return "\n".join(lines)


def _organizer(appointment: Appointment) -> vCalAddress:
    """The sender of the mail, wherever the visit is: programs take changes from the first organizer alone."""
    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = vText(appointment.location.name)
    return organizer


def _attendee(appointment: Appointment) -> vCalAddress:
    """The visitor, who has accepted by booking and is not asked again."""
    attendee = vCalAddress(f"mailto:{appointment.contact_email}")
    attendee.params["CN"] = vText(appointment.contact_name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    return attendee


def _reminder(text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(days=-1))
    alarm.add("description", text)
    return alarm
