"""What the audit trail would hold if the invented visits had been booked and kept by people.

The rows are inserted as SQL because an event made through the model always happens now, and these happened before.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from clinic.accounts.enums import Role
from clinic.accounts.models import User
from clinic.audit.models import AuditEvent
from clinic.scheduling.enums import AppointmentStatus, BookingSource
from clinic.scheduling.models import Appointment
from home.starter.people import Moment

Event = tuple[datetime, User | None, str, dict[str, Any]]


def write_history(visits: list[Appointment], *, moment: Moment) -> None:
    """Add the events of each visit, oldest first. The desk's are by the first receptionist, if there is one."""
    clerk = User.objects.filter(groups__name=Role.RECEPTIONIST.value).order_by("pk").first()
    told = [(visit, event) for visit in visits for event in events_of(visit, clerk, moment)]
    told.sort(key=lambda row: row[1][0])
    table = connection.ops.quote_name(AuditEvent._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (occurred_at, actor_id, actor_name, verb, subject_type, subject, detail) "  # noqa: S608
            "VALUES (%s, %s, %s, %s, 'appointment', %s, %s)",
            [
                (at, by and by.pk, str(by) if by else "", verb, visit.reference, json.dumps(detail))
                for visit, (at, by, verb, detail) in told
            ],
        )


def events_of(visit: Appointment, clerk: User | None, moment: Moment) -> list[Event]:
    """How the visit came to its status, never later than now."""
    dice = moment.dice(visit.reference)
    booked_by = clerk if visit.source == BookingSource.DESK else None
    events: list[Event] = [(visit.created_at, booked_by, "appointment.booked", {"source": visit.source})]
    came = min(visit.starts_at - timedelta(minutes=dice.randint(-3, 14)), moment.now)
    if visit.status == AppointmentStatus.CANCELLED:
        gap = min(visit.starts_at, moment.now) - visit.created_at
        by = clerk if dice.random() < 0.5 else None
        events.append((visit.created_at + gap * dice.random(), by, "appointment.cancelled", {"reason": visit.cancel_reason}))
    if visit.status in {AppointmentStatus.ARRIVED, AppointmentStatus.FULFILLED}:
        events.append((came, clerk, "appointment.arrived", {}))
    if visit.status == AppointmentStatus.FULFILLED:
        done = min(visit.ends_at + timedelta(minutes=dice.randint(-4, 12)), moment.now)
        events.append((max(done, came), clerk, "appointment.fulfilled", {}))
    if visit.status == AppointmentStatus.NOSHOW:
        events.append((visit.ends_at, clerk, "appointment.noshow", {}))
    return events
