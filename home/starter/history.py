"""What the audit trail would hold if the invented visits had been booked and kept by people.

The rows are inserted as SQL because an event made through the model always happens now, and these happened before.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from clinic.accounts.enums import Role
from clinic.accounts.models import User
from clinic.scheduling.enums import AppointmentStatus, BookingSource
from clinic.scheduling.models import Appointment
from home.starter.people import Moment

Event = tuple[datetime, User | None, str, dict[str, Any]]


def write_history(visits: list[Appointment], *, moment: Moment) -> None:
    """Add the events of each visit, oldest first. The desk's are by the first receptionist, if there is one."""
    clerk = the_clerk()
    told = [
        (at, by, verb, visit.reference, detail)
        for visit in visits
        for at, by, verb, detail in events_of(visit, clerk, moment)
    ]
    told.sort(key=lambda row: row[0])
    insert_events("appointment", told)


def the_clerk() -> User | None:
    """The first receptionist, if there is one."""
    receptionists = [Role.HEAD_OF_RECEPTION.value, Role.RECEPTIONIST.value]
    return User.objects.filter(groups__name__in=receptionists).order_by("pk").first()


def insert_events(subject_type: str, events: Iterable[tuple[datetime, User | None, str, str, dict[str, Any]]]) -> None:
    """Each is when, by whom, verb, reference of the subject, and details."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO audit_auditevent (occurred_at, actor_id, actor_name, verb, subject_type, subject, detail)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [
                (at, by.pk if by else None, str(by) if by else "", verb, subject_type, subject, json.dumps(detail))
                for at, by, verb, subject, detail in events
            ],
        )


def events_of(visit: Appointment, clerk: User | None, moment: Moment) -> list[Event]:
    """How the visit came to its status, never later than now; the same verbs and details as of a real visit."""
    dice = moment.dice(visit.reference)
    booked_by = clerk if visit.source == BookingSource.DESK else None
    verb = "appointment.requested" if visit.status == AppointmentStatus.PENDING else "appointment.booked"
    events: list[Event] = [(visit.created_at, booked_by, verb, described(visit))]
    before = AppointmentStatus.BOOKED
    for revision, status in enumerate(steps_to(visit.status), start=1):
        change: dict[str, Any] = {"from": before.value, "to": status.value, "revision": revision}
        if status == AppointmentStatus.CANCELLED:
            at = visit.created_at + (min(visit.starts_at, moment.now) - visit.created_at) * dice.random()
            by = clerk if dice.random() < 0.5 else None
            events.append((at, by, "appointment.cancelled", {**change, "reason": visit.cancel_reason}))
        else:
            at = {
                AppointmentStatus.ARRIVED: visit.starts_at - timedelta(minutes=dice.randint(-3, 14)),
                AppointmentStatus.FULFILLED: visit.ends_at + timedelta(minutes=dice.randint(-4, 12)),
                AppointmentStatus.NOSHOW: visit.ends_at,
            }[status]
            events.append((max(min(at, moment.now), events[-1][0]), clerk, "appointment.status", change))
        before = status
    return events


def steps_to(status: str) -> list[AppointmentStatus]:
    """The statuses that a visit goes through after it was booked; each raises its revision by one."""
    return {
        AppointmentStatus.PENDING: [],
        AppointmentStatus.BOOKED: [],
        AppointmentStatus.ARRIVED: [AppointmentStatus.ARRIVED],
        AppointmentStatus.FULFILLED: [AppointmentStatus.ARRIVED, AppointmentStatus.FULFILLED],
        AppointmentStatus.NOSHOW: [AppointmentStatus.NOSHOW],
        AppointmentStatus.CANCELLED: [AppointmentStatus.CANCELLED],
    }[AppointmentStatus(status)]


def described(visit: Appointment) -> dict[str, Any]:
    return {
        "location": visit.location.slug,
        "starts_at": visit.starts_at.isoformat(),
        "source": str(visit.source),
    }
