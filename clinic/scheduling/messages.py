"""What a visitor is told about a visit, and whether it still holds when the mail leaves."""

import re
from datetime import datetime
from functools import partial
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from clinic.directory.hijri import hijri_days
from clinic.lib import clock
from clinic.lib.phone import for_reading
from clinic.messaging.actions import queue_message
from clinic.messaging.models import Message
from clinic.messaging.registry import Attachment, MessageKind, register
from clinic.scheduling.calendars import CalendarMethod, calendar_for
from clinic.scheduling.enums import AppointmentStatus, Ending
from clinic.scheduling.links import book_url, cancel_url, confirm_url, move_url, view_url
from clinic.scheduling.models import Appointment

SUBJECT_TYPE = "appointment"
ASKED = "appointment_asked"
BOOKED = "appointment_booked"
MOVED = "appointment_moved"
CANCELLED = "appointment_cancelled"
NOT_BOOKED = "appointment_not_booked"

# Patterns of django.utils.dateformat: an Arabic date has its own comma.
DAY = {"en": "l j F Y", "ar": "l، j F Y"}

# An address in a name would be a link in the mail: strangers could send advertisements in the clinic's name.
NO_NAME = re.compile(r"[/@:]|\w\.\w")


def queue_asked(appointment: Appointment, *, due_at: datetime | None = None) -> Message | None:
    """Queue the news that the visit is asked for and waits for the clinic; `due_at` and None as for `queue_booked`."""
    return _queue(appointment, kind=ASKED, rule="asked", due_at=due_at)


def queue_booked(appointment: Appointment, *, due_at: datetime | None = None) -> Message | None:
    """Queue the confirmation of the visit's revision, to be sent at `due_at`, or now.

    None without an e-mail address, or when it is queued already.
    """
    return _queue(appointment, kind=BOOKED, rule="booked", due_at=due_at)


def queue_moved(appointment: Appointment, *, due_at: datetime | None = None) -> Message | None:
    """Queue the visit's new time, to be told at `due_at`, or now; None as for `queue_booked`."""
    return _queue(appointment, kind=MOVED, rule="moved", due_at=due_at)


def queue_cancelled(appointment: Appointment, *, due_at: datetime | None = None) -> Message | None:
    """Queue the news that the visit is cancelled; `due_at` and None as for `queue_moved`."""
    return _queue(appointment, kind=CANCELLED, rule="cancelled", due_at=due_at)


def queue_not_booked(appointment: Appointment, *, due_at: datetime | None = None) -> Message | None:
    """Queue the news that what was asked for will not be, whoever said so; `due_at` and None as for `queue_moved`."""
    return _queue(appointment, kind=NOT_BOOKED, rule="not_booked", due_at=due_at)


def _queue(appointment: Appointment, *, kind: str, rule: str, due_at: datetime | None = None) -> Message | None:
    if not appointment.contact_email:
        return None
    return queue_message(
        kind=kind,
        subject_type=SUBJECT_TYPE,
        subject=appointment.reference,
        rule=rule,
        revision=appointment.revision,
        recipient=appointment.contact_email,
        language=appointment.language,
        due_at=due_at,
    )


def still_asked(message: Message) -> bool:
    """Whether the clinic has not decided yet, about the visit as it was when this was queued."""
    return _still(message, AppointmentStatus.PENDING)


def still_booked(message: Message) -> bool:
    """Whether the visit is still to come, as it was when this was queued."""
    return _still(message, AppointmentStatus.BOOKED)


def still_cancelled(message: Message) -> bool:
    """Whether the visit is still cancelled, and its time not yet over."""
    return _still(message, AppointmentStatus.CANCELLED)


def _still(message: Message, status: AppointmentStatus) -> bool:
    return Appointment.objects.filter(
        reference=message.subject, status=status, revision=message.revision, ends_at__gt=clock.now()
    ).exists()


def visit_of(message: Message) -> Appointment:
    """The visit with all that its mails show, in one query. Raises `Appointment.DoesNotExist`."""
    return Appointment.objects.select_related("service", "practitioner", "location").get(reference=message.subject)


def news_of(message: Message) -> str:
    """The visit as its patient knows it from a message: whether it will be, with whom, where and when."""
    visit = visit_of(message)
    told = f"{visit.status} {visit.practitioner_id} {visit.location_id} {visit.starts_at.isoformat()}"
    return blake2b(told.encode(), digest_size=16).hexdigest()


def visit_context(message: Message) -> dict[str, Any]:
    """What the templates show. Times are those of the clock on the location's wall, in the active language."""
    visit = visit_of(message)
    wall = ZoneInfo(visit.location.time_zone)
    starts, ends = visit.starts_at.astimezone(wall), visit.ends_at.astimezone(wall)
    answer_by = visit.approve_by.astimezone(wall) if visit.approve_by else None
    return {
        "visit": visit,
        "name": "" if NO_NAME.search(visit.contact_name) else visit.contact_name,
        "day": date_format(starts, DAY[message.language]),
        "hijri": hijri_days(starts.date()),
        "time": clock.shown(starts),
        "until": clock.shown(ends),
        "answer_day": date_format(answer_by, DAY[message.language]) if answer_by else "",
        "answer_time": clock.shown(answer_by) if answer_by else "",
        # Of a cancellation only the staff reads the reason; of a refusal it is written for the patient.
        "reason": visit.cancel_reason if visit.ending == Ending.REFUSED else "",
        "phone": for_reading(visit.location.phone),
        "view_url": view_url(visit, message.language),
        "confirm_url": confirm_url(visit, message.language),
        "move_url": move_url(visit, message.language),
        "cancel_url": cancel_url(visit, message.language),
        "book_url": book_url(message.language),
    }


def invitation(message: Message) -> list[Attachment]:
    return [_calendar_file(message, CalendarMethod.REQUEST)]


def withdrawal(message: Message) -> list[Attachment]:
    return [_calendar_file(message, CalendarMethod.CANCEL)]


def _calendar_file(message: Message, method: CalendarMethod) -> Attachment:
    return Attachment(
        filename="visit.ics",
        content=calendar_for(visit_of(message), method),
        mimetype="application/ics",
        alternative=f"text/calendar; method={method}",
    )


def register_kinds() -> None:
    about_a_visit = partial(MessageKind, context=visit_context, news=news_of)
    for kind in (
        about_a_visit(
            name=ASKED,
            label=_("Visit asked for"),
            template="emails/appointment_asked",
            still_holds=still_asked,
        ),
        about_a_visit(
            name=NOT_BOOKED,
            label=_("Visit not booked"),
            template="emails/appointment_not_booked",
            still_holds=still_cancelled,
        ),
        about_a_visit(
            name=BOOKED,
            label=_("Visit booked"),
            template="emails/appointment_booked",
            still_holds=still_booked,
            attachments=invitation,
        ),
        about_a_visit(
            name=MOVED,
            label=_("Visit moved"),
            template="emails/appointment_moved",
            still_holds=still_booked,
            attachments=invitation,
        ),
        about_a_visit(
            name=CANCELLED,
            label=_("Visit cancelled"),
            template="emails/appointment_cancelled",
            still_holds=still_cancelled,
            attachments=withdrawal,
        ),
    ):
        register(kind)
