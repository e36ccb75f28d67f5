"""The proof of a simulated day, on days on which one promise was broken: each is found, and nothing else."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from clinic.accounts.models import User
from clinic.audit.models import AuditEvent
from clinic.messaging.delivery import deliver_due
from clinic.messaging.models import Message
from clinic.scheduling.actions import cancel_appointment, change_status, undo_last
from clinic.scheduling.models import Appointment, Reservation
from tests.simulation.conftest import ADDRESS, Day, change
from tests.simulation.journal import Act
from tests.simulation.mailbox import Letter

pytestmark = pytest.mark.django_db
OVERLAP = "no two reservations of a seat overlap"
TIME = "each visit has all of its time, and a cancelled one none"
STORY = "each change has its audit event, and each visit is what its events say"
ACTS = "what was acknowledged is there, once"
UNASKED = "nobody did what nobody asked for"
LOST = "every message that is due has left, or waits for a person"
TWICE = "nobody was told twice"
WRONG = "nobody was told of another's visit, a wrong time, or what was over"
MISLED = "who was told last knows what the clinic knows"


def test_a_day_without_faults_is_proved(day: Day) -> None:
    assert len(day.letters()) == 4
    assert day.broken() == set()


def test_a_desk_that_undoes_and_a_patient_who_is_seen_break_nothing(day: Day, rana: User) -> None:
    visit = day.book(800)
    cancel_appointment(appointment=visit, by=rana)
    undo_last(by=rana)
    for verb, to in (("appointment.cancelled", "cancelled"), ("appointment.undone", "")):
        day.journal.note(Act("rana", verb, visit.reference, to=to))
    change_status(appointment=Appointment.objects.get(pk=visit.pk), status="booked", by=rana)
    deliver_due()
    Message.objects.filter(status="pending").update(due_at=timezone.now())
    deliver_due()

    assert day.broken() == set()


def test_two_reservations_of_one_seat_are_found(day: Day) -> None:
    [held] = Reservation.objects.filter(appointment=day.moved)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE scheduling_reservation DROP CONSTRAINT no_seat_is_reserved_twice")
    Reservation.objects.create(resource_id=held.resource_id, during=held.during, reason="leave")

    assert day.broken() == {OVERLAP}


def test_a_visit_without_its_time_and_a_cancelled_one_with_it_are_found(day: Day) -> None:
    Reservation.objects.filter(appointment=day.moved).update(appointment=day.cancelled)

    assert day.broken() == {TIME}
    assert len(day.findings()[TIME]) == 3
    Reservation.objects.filter(appointment=day.cancelled).update(appointment=day.moved)  # before the trigger looks


def test_a_booking_that_is_gone_is_found(day: Day) -> None:
    Reservation.objects.filter(appointment=day.moved).delete()
    Appointment.objects.filter(pk=day.moved.pk).delete()

    assert {ACTS, STORY, WRONG} <= day.broken()


def test_a_visit_that_came_out_double_is_found(day: Day) -> None:
    day.clinic.book(day.doctor, 900)
    deliver_due()

    assert day.broken() == {ACTS, UNASKED}


def test_an_act_that_was_acknowledged_and_left_no_event_is_found(day: Day) -> None:
    day.note("appointment.cancelled", day.moved, to="cancelled")

    assert day.broken() == {ACTS}


def test_a_change_that_nobody_asked_for_is_found(day: Day) -> None:
    cancel_appointment(appointment=day.moved, by=None)
    deliver_due()

    assert day.broken() == {UNASKED}


@pytest.mark.parametrize("values", [{"status": "noshow"}, {"revision": 7}])
def test_a_change_without_an_event_is_found(day: Day, values: dict[str, Any]) -> None:
    change(day.moved, **values)

    assert STORY in day.broken()


def test_an_event_that_is_missing_is_found(day: Day) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER USER")
    AuditEvent.objects.filter(verb="appointment.moved").delete()

    assert {STORY, ACTS} <= day.broken()


def test_a_mail_that_arrived_twice_is_found(day: Day) -> None:
    [*letters, last] = day.letters()

    assert day.broken([*letters, last, last]) == {TWICE}


def test_the_same_news_in_two_messages_is_found(day: Day) -> None:
    message = Message.objects.filter(kind="appointment_moved").get()
    message.pk, message.reference, message.rule = None, "TWAAAAAAAA", "again"
    message.save()
    told = next(letter for letter in day.letters() if letter.begins == day.moved.starts_at)
    again = dataclasses.replace(told, message="TWAAAAAAAA")

    assert day.broken([*day.letters(), again]) == {TWICE}


def test_a_mail_that_is_noted_as_sent_and_never_came_is_found(day: Day) -> None:
    [*letters, _last] = day.letters()

    assert day.broken(letters) == {LOST, MISLED}


@pytest.mark.parametrize("status", ["pending", "sending", "unconfirmed", "dead"])
def test_a_message_that_was_left_lying_is_found(day: Day, status: str) -> None:
    Message.objects.filter(kind="appointment_moved").update(
        status=status, due_at=timezone.now() - timedelta(minutes=10)
    )

    assert day.broken() == {LOST}


def test_a_visit_of_which_nobody_is_told_is_found(day: Day) -> None:
    Message.objects.filter(kind="appointment_cancelled").delete()
    letters = day.letters()[:3]

    assert {LOST, MISLED} <= day.broken(letters)


def test_another_time_than_that_of_the_visit_is_found(day: Day) -> None:
    letters = day.letters()
    index = next(number for number, each in enumerate(letters) if each.begins == day.moved.starts_at)
    wrong = dataclasses.replace(letters[index], begins=day.moved.starts_at + timedelta(hours=1))

    assert day.broken([*letters[:index], wrong, *letters[index + 1 :]]) == {WRONG, MISLED}
    told = dataclasses.replace(letters[index], text=letters[index].text.replace("12:00", "13:00"))
    assert day.broken([*letters[:index], told, *letters[index + 1 :]]) == {WRONG}


def test_a_mail_to_somebody_else_is_found(day: Day) -> None:
    first, *letters = day.letters()
    astray = dataclasses.replace(first, to="nour@patients.example")

    assert day.broken([astray, *letters]) == {WRONG}


def test_a_reminder_of_a_cancelled_visit_is_found(day: Day) -> None:
    message = Message.objects.create(
        reference="REMAAAAAAA",
        kind="appointment_reminder",
        subject_type="appointment",
        subject=day.cancelled.reference,
        rule="48h",
        revision=0,
        recipient=ADDRESS,
        language="en",
        status="sent",
    )
    later = timezone.now() + timedelta(minutes=5)
    reminder = Letter(message.reference, ADDRESS, "en", later, f"{day.cancelled.starts_at:%H:%M}")

    assert day.broken([*day.letters(), reminder]) == {WRONG}


def test_news_that_were_over_already_are_found(day: Day) -> None:
    first, *letters = day.letters()
    late = dataclasses.replace(first, written_at=first.written_at + timedelta(minutes=5))

    assert WRONG in day.broken([late, *letters])
