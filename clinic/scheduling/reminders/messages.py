"""What a reminder says, and whether it is still of use when it leaves."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from clinic.lib import clock
from clinic.messaging.models import Message
from clinic.messaging.registry import MessageKind, register
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.messages import visit_context
from clinic.scheduling.models import Appointment
from clinic.scheduling.reminders.moments import due_reminders, end_of_night, is_quiet
from clinic.scheduling.rules import can_cancel_online

REMINDER = "appointment_reminder"


def still_useful(message: Message) -> bool:
    """Whether the visit is still booked for the time of this reminder, and its rules still ask for it now."""
    visit = (
        Appointment.objects.filter(reference=message.subject, status=AppointmentStatus.BOOKED)
        .select_related("location")
        .first()
    )
    if visit is None:
        return False
    rules = visit.service.reminder_rules.values_list("hours_before", "channel")
    due = due_reminders(visit.starts_at, rules, zone=visit.location.time_zone, now=clock.now())
    return message.rule in {reminder.rule for reminder in due}


def not_at_night(message: Message) -> datetime | None:
    """When the night ends in which the patient must not be disturbed; None by day."""
    zone = Appointment.objects.values_list("location__time_zone", flat=True).get(reference=message.subject)
    now = clock.now()
    return end_of_night(now, zone) if is_quiet(now, zone) else None


def reminder_context(message: Message) -> dict[str, Any]:
    context = visit_context(message)
    return {**context, "can_cancel": can_cancel_online(context["visit"], clock.now())}


def register_reminder() -> None:
    register(
        MessageKind(
            name=REMINDER,
            label=_("Reminder of a visit"),
            template="emails/appointment_reminder",
            sms="sms/appointment_reminder",
            still_holds=still_useful,
            not_before=not_at_night,
            context=reminder_context,
        )
    )
