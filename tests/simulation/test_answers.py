"""The proof of a simulated day looks at requests: each answer that was not told, told twice or too late is found."""

import dataclasses
from datetime import timedelta

import pytest
from django.utils import timezone

from clinic.accounts.models import User
from clinic.messaging.delivery import deliver_due
from clinic.messaging.models import Message
from clinic.scheduling.actions import approve_appointment, expire_requests, refuse_appointment, undo_last
from clinic.scheduling.models import Appointment
from tests.simulation.conftest import Day, change
from tests.simulation.journal import Act
from tests.simulation.test_proof import TWICE

pytestmark = pytest.mark.django_db
ANSWERED = "each request was answered once and in time, and its patient told so once"


def answer(day: Day, verb: str, *, by: User) -> Appointment:
    """A visitor asks for a visit, is told to wait, and then of the answer."""
    service = day.clinic.new_service(needs_approval=True)
    visit = day.clinic.book(day.clinic.new_doctor(service), 800, service=service)
    day.note("appointment.booked", visit)
    deliver_due()
    if verb == "expired":
        change(visit, approve_by=timezone.now())
        day.journal.note_deadline(visit.reference, timezone.now())
        expire_requests()
    elif verb == "refused":
        refuse_appointment(appointment=visit, reason="We need a referral first.", by=by)
    else:
        approve_appointment(appointment=visit, by=by)
    day.journal.note(Act("rana", f"appointment.{verb}", visit.reference, is_sure=verb != "expired"))
    Message.objects.filter(status="pending").update(due_at=timezone.now())  # nobody undoes it
    deliver_due()
    visit.refresh_from_db()
    return visit


@pytest.mark.parametrize("verb", ["approved", "refused", "expired"])
def test_an_answer_that_was_told_once_breaks_nothing(day: Day, rana: User, verb: str) -> None:
    answer(day, verb, by=rana)

    assert len(day.letters()) == 6
    assert day.broken() == set()


@pytest.mark.parametrize("verb", ["approved", "refused", "expired"])
def test_an_answer_of_which_the_patient_heard_nothing_or_twice_is_found(day: Day, rana: User, verb: str) -> None:
    answer(day, verb, by=rana)
    [*letters, last] = day.letters()

    assert ANSWERED in day.broken(letters)
    assert day.broken([*letters, last, last]) == {TWICE, ANSWERED}


def test_the_wrong_answer_is_found(day: Day, rana: User) -> None:
    visit = answer(day, "refused", by=rana)
    [*letters, last] = day.letters()
    unexplained = dataclasses.replace(last, text=last.text.replace("We need a referral first.", ""))

    assert day.broken([*letters, unexplained]) == {ANSWERED}
    change(visit, ending="expired")
    assert day.broken() == {ANSWERED}
    Message.objects.filter(reference=last.message).update(kind="appointment_booked")
    assert ANSWERED in day.broken()


def test_an_answer_that_was_taken_back_and_told_all_the_same_is_found(day: Day, rana: User) -> None:
    answer(day, "approved", by=rana)
    undo_last(by=rana)
    day.journal.note(Act("rana", "appointment.undone", Appointment.objects.latest("pk").reference))

    assert ANSWERED in day.broken()


def test_a_request_that_was_approved_too_late_or_never_ended_is_found(day: Day, rana: User) -> None:
    visit = answer(day, "approved", by=rana)
    day.journal.note_deadline(visit.reference, timezone.now() - timedelta(minutes=1))

    assert day.broken() == {ANSWERED}
    undo_last(by=rana)
    assert "still waits" in " ".join(day.findings()[ANSWERED])
