"""The run that queues reminders. It may run twice, late, and beside itself: the outbox takes each reminder once."""

import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from clinic.directory.models import ReminderRule
from clinic.lib import clock
from clinic.lib.phone import can_text
from clinic.messaging.actions import queue_message
from clinic.messaging.enums import Channel, MessageStatus
from clinic.messaging.models import Message
from clinic.messaging.sms import sms_is_sent
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.messages import BOOKED, MOVED, SUBJECT_TYPE
from clinic.scheduling.models import Appointment
from clinic.scheduling.reminders.messages import REMINDER
from clinic.scheduling.reminders.moments import Reminder, due_reminders, is_quiet

log = logging.getLogger(__name__)

DAILY_LEAD = 41  # hours from 08:00 of the day before to the end of a day of 25 hours
NIGHT = 24  # hours; no quiet time is longer
NOT_TOLD = (MessageStatus.SKIPPED, MessageStatus.DEAD, MessageStatus.DISCARDED)


@dataclass(frozen=True, slots=True)
class Coming:
    """A visit to come: what deciding about its reminder needs. `told_at` is when its time was last agreed or told."""

    reference: str
    starts_at: datetime
    service: int
    zone: str
    language: str
    phone: str
    email: str
    told_at: datetime
    reminded: frozenset[tuple[str, str]]  # rule and channel


def queue_due_reminders() -> int:
    """Queue what is due, and return how much. A visit that cannot be reminded is logged and stops no other."""
    now, queued = clock.now(), 0
    rules: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for service, hours, channel in ReminderRule.objects.values_list("service", "hours_before", "channel"):
        rules[service].append((hours, channel))
    longest = max((hours for each in rules.values() for hours, _channel in each), default=0)
    for visit in coming(now, until=now + timedelta(hours=max(longest, DAILY_LEAD) + NIGHT)):
        if is_quiet(now, visit.zone):
            continue
        for reminder in due_reminders(visit.starts_at, rules[visit.service], zone=visit.zone, now=now):
            try:
                queued += remind(visit, reminder)
            except Exception:  # whatever is wrong with one visit, others wait behind it
                log.exception("Visit %s could not be reminded", visit.reference)
    return queued


def coming(now: datetime, *, until: datetime) -> Iterator[Coming]:
    """The booked visits that begin before `until`, in two queries."""
    visits = list(
        Appointment.objects.filter(status=AppointmentStatus.BOOKED, starts_at__gt=now, starts_at__lte=until)
        .order_by("starts_at", "pk")
        .values_list(
            "reference",
            "starts_at",
            "service",
            "location__time_zone",
            "language",
            "contact_phone",
            "contact_email",
            "created_at",
        )
    )
    told: dict[str, datetime] = {}
    reminded: dict[str, set[tuple[str, str]]] = defaultdict(set)
    about = Message.objects.filter(subject_type=SUBJECT_TYPE, subject__in=[row[0] for row in visits])
    for subject, kind, rule, channel, status, created_at in about.values_list(
        "subject", "kind", "rule", "channel", "status", "created_at"
    ):
        if kind == REMINDER:
            reminded[subject].add((rule, channel))
        elif kind in (BOOKED, MOVED) and status not in NOT_TOLD:
            told[subject] = max(told.get(subject, created_at), created_at)
    for reference, starts_at, service, zone, language, phone, email, booked_at in visits:
        told_at = max(told.get(reference, booked_at), booked_at)
        known = frozenset(reminded[reference])
        yield Coming(reference, starts_at, service, zone, language, phone, email, told_at, known)


def remind(visit: Coming, reminder: Reminder) -> bool:
    """Queue `reminder`, unless it is there, nothing reaches the patient, or they heard of this time since."""
    channel, recipient = way_to(visit, reminder.channel)
    if not recipient or (reminder.rule, channel) in visit.reminded or visit.told_at >= reminder.moment:
        return False
    with transaction.atomic():
        message = queue_message(
            kind=REMINDER,
            subject_type=SUBJECT_TYPE,
            subject=visit.reference,
            rule=reminder.rule,
            # Not the visit's: that rises when the patient confirms or arrives, and reminds nobody a second time.
            revision=0,
            recipient=recipient,
            language=visit.language,
            channel=channel,
        )
    return message is not None


def way_to(visit: Coming, wished: str) -> tuple[Channel, str]:
    """Channel and recipient: as wished if that reaches the patient, else the other way; no recipient if none does."""
    phone = visit.phone if sms_is_sent() and can_text(visit.phone) else ""
    if phone and (wished == Channel.SMS or not visit.email):
        return Channel.SMS, phone
    return Channel.EMAIL, visit.email
