"""What visitors ask for where the clinic approves each booking: its time is held until yes, no, or no answer."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from clinic.accounts.models import User
from clinic.audit.models import AuditEvent
from clinic.messaging.delivery import deliver_due
from clinic.messaging.models import Message
from clinic.scheduling.actions import (
    BookingRefused,
    ChangeRefused,
    Contact,
    approvals,
    approve_appointment,
    book_appointment,
    cancel_appointment,
    change_status,
    changes,
    move_appointment,
    refuse_appointment,
    undo_last,
)
from clinic.scheduling.enums import AppointmentStatus, BookingSource, Ending
from clinic.scheduling.models import Appointment, Reservation
from clinic.scheduling.reminders.run import queue_due_reminders
from clinic.scheduling.tasks import end_unanswered_requests
from clinic.scheduling.waitlist.answers import accept_offer
from tests.factories.accounts import UserFactory
from tests.factories.directory import LocationFactory, ServiceFactory, WorkingPractitionerFactory
from tests.factories.scheduling import AppointmentFactory
from tests.factories.waitlist import WaitlistOfferFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)
ISOLATES = re.compile("[\u2066-\u2069]")


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def passes(self, time: timedelta) -> None:
        self.now += time


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("clinic.lib.clock.now", lambda: clock.now)
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


class Clinic:
    """One doctor at one place, from nine to five in Amman (06:00 to 14:00 UTC); the clinic has a day to answer."""

    def __init__(self, **service: Any) -> None:
        self.location = LocationFactory()
        self.service = ServiceFactory(needs_approval=True, approval_hours=24, **service)
        self.doctor = WorkingPractitionerFactory(services=[self.service], hours__location=self.location)

    def book(self, starts_at: datetime = MONDAY, **asked: Any) -> Appointment:
        values = {
            "service": self.service,
            "practitioner": self.doctor,
            "location": self.location,
            "starts_at": starts_at,
            "contact": Contact(name="Layla Haddad", phone="+962791234567", email="layla@patients.example"),
            "language": "en",
            "source": BookingSource.SITE,
            "by": None,
        }
        return book_appointment(**(values | asked))


@pytest.fixture
def clinic() -> Clinic:
    return Clinic()


@pytest.fixture
def rania() -> User:
    return UserFactory()


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def told() -> list[str]:
    """The subjects of all mails that have left, oldest first, when everything due was sent."""
    deliver_due()
    return [ISOLATES.sub("", letter.subject) for letter in mail.outbox]


def test_what_a_visitor_books_is_a_request_that_holds_its_time(clinic: Clinic) -> None:
    visit = clinic.book()

    assert (visit.status, visit.approve_by) == (AppointmentStatus.PENDING, NOW + DAY)
    assert Reservation.objects.filter(appointment=visit).exists()
    with pytest.raises(BookingRefused, match="taken"):
        clinic.book()
    assert verbs() == ["appointment.requested"]
    assert told() == ["You asked for a visit on Monday 23 November 2026 at 11:00: not yet booked"]
    [letter] = mail.outbox
    assert "Sunday 22 November 2026" in str(letter.body)
    assert not letter.attachments, "nothing stands in a calendar before it is agreed"


def test_an_answer_is_never_promised_later_than_the_visit_begins(clinic: Clinic) -> None:
    visit = clinic.book(NOW + timedelta(hours=3))

    assert visit.approve_by == visit.starts_at


def test_what_the_desk_books_is_approved_by_whoever_books_it(clinic: Clinic, rania: User) -> None:
    visit = clinic.book(by=rania, source=BookingSource.DESK)

    assert (visit.status, visit.approve_by) == (AppointmentStatus.BOOKED, None)


@pytest.mark.parametrize(("at_the_desk", "status"), [(True, "booked"), (False, "pending")])
def test_an_offered_time_that_the_patient_accepts_waits_for_approval_too(
    clinic: Clinic, rania: User, at_the_desk: bool, status: str
) -> None:
    offer = WaitlistOfferFactory(
        entry__service=clinic.service,
        practitioner=clinic.doctor,
        location=clinic.location,
        starts_at=MONDAY,
        made_at=NOW,
        expires_at=NOW + timedelta(hours=1),
    )

    assert accept_offer(offer=offer, by=rania if at_the_desk else None).status == status


def test_an_approved_request_is_booked_and_the_patient_hears_of_it(clinic: Clinic, rania: User, watch: Clock) -> None:
    visit = approve_appointment(appointment=clinic.book(), by=rania)

    assert (visit.status, visit.approve_by, visit.revision) == (AppointmentStatus.BOOKED, None, 1)
    assert told() == []  # the request has changed before its mail left, and the approval can still be undone
    watch.passes(timedelta(seconds=31))
    assert told() == ["Your visit on Monday 23 November 2026 at 11:00 is booked"]
    assert mail.outbox[0].attachments
    assert approve_appointment(appointment=visit, by=rania).revision == 1
    assert verbs() == ["appointment.requested", "appointment.approved"]


def test_a_refused_request_frees_its_time_and_tells_the_patient_why(clinic: Clinic, rania: User, watch: Clock) -> None:
    visit = refuse_appointment(appointment=clinic.book(), reason="Please send a referral first.", by=rania)

    assert (visit.status, visit.ending) == (AppointmentStatus.CANCELLED, Ending.REFUSED)
    assert not Reservation.objects.exists()
    assert clinic.book().status == AppointmentStatus.PENDING
    watch.passes(timedelta(seconds=31))
    assert told()[-1] == "Not booked: the visit on Monday 23 November 2026 at 11:00"
    assert "Please send a referral first." in str(mail.outbox[-1].body)
    assert not mail.outbox[-1].attachments
    assert "referral" not in str(AuditEvent.objects.get(verb="appointment.refused").detail)


def test_a_request_that_nobody_answers_ends_by_itself_once(clinic: Clinic, watch: Clock) -> None:
    visit = clinic.book()
    assert end_unanswered_requests() == 0
    watch.passes(DAY)

    assert (end_unanswered_requests(), end_unanswered_requests()) == (1, 0)

    visit.refresh_from_db()
    assert (visit.status, visit.ending, visit.revision) == (AppointmentStatus.CANCELLED, Ending.EXPIRED, 1)
    assert not Reservation.objects.exists()
    assert verbs() == ["appointment.requested", "appointment.expired"]
    assert told() == ["Not booked: the visit on Monday 23 November 2026 at 11:00"]


def test_after_an_outage_a_request_of_the_past_ends_and_nobody_is_told_old_news(clinic: Clinic, watch: Clock) -> None:
    visit = clinic.book()
    watch.passes(7 * DAY)

    assert end_unanswered_requests() == 1

    visit.refresh_from_db()
    assert visit.ending == Ending.EXPIRED
    assert told() == []


def test_one_request_that_cannot_be_ended_stops_no_other(
    clinic: Clinic, watch: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, other = clinic.book(), clinic.book(MONDAY + DAY)
    end = approvals.end

    def stumble(current: Appointment, *args: Any, **values: Any) -> bool:
        if current.pk == broken.pk:
            raise RuntimeError("stumbled")
        return end(current, *args, **values)

    monkeypatch.setattr(approvals, "end", stumble)
    watch.passes(DAY)

    assert end_unanswered_requests() == 1
    other.refresh_from_db()
    assert other.ending == Ending.EXPIRED


def test_nothing_is_approved_after_its_deadline(clinic: Clinic, rania: User, watch: Clock) -> None:
    visit = clinic.book()
    watch.passes(DAY)

    with pytest.raises(ChangeRefused, match="too_late"):
        approve_appointment(appointment=visit, by=rania)


@pytest.mark.parametrize(
    "deed",
    [
        lambda visit, by: approve_appointment(appointment=visit, by=by),
        lambda visit, by: refuse_appointment(appointment=visit, reason="No", by=by),
    ],
)
def test_a_request_that_was_moved_meanwhile_is_looked_at_again(clinic: Clinic, rania: User, deed: Any) -> None:
    visit = clinic.book()
    move_appointment(appointment=visit, starts_at=MONDAY + DAY, by=None)

    with pytest.raises(ChangeRefused, match="changed"):
        deed(visit, rania)


def test_a_request_is_approved_and_never_just_marked(clinic: Clinic, rania: User) -> None:
    with pytest.raises(ChangeRefused, match="not_allowed"):
        change_status(appointment=clinic.book(), status=AppointmentStatus.BOOKED, by=rania)


def test_a_request_that_moves_stays_a_request_and_is_answered_before_its_new_time(clinic: Clinic, watch: Clock) -> None:
    visit = clinic.book()
    sooner = move_appointment(appointment=visit, starts_at=NOW + timedelta(hours=4), by=None)
    assert (sooner.status, sooner.approve_by) == (AppointmentStatus.PENDING, NOW + timedelta(hours=4))

    later = move_appointment(appointment=sooner, starts_at=MONDAY, by=None)

    assert later.approve_by == NOW + timedelta(hours=4)
    assert told() == ["You asked for a visit on Monday 23 November 2026 at 11:00: not yet booked"]


def test_a_request_that_is_taken_back_says_nothing_of_a_calendar(clinic: Clinic) -> None:
    visit = cancel_appointment(appointment=clinic.book(), by=None)

    assert (visit.ending, visit.approve_by) == ("", None)
    assert told() == ["Not booked: the visit on Monday 23 November 2026 at 11:00"]
    assert "calendar" not in str(mail.outbox[0].body)
    assert not mail.outbox[0].attachments


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("ending", Ending)
def test_the_answer_is_in_the_patients_language(
    clinic: Clinic, rania: User, watch: Clock, language: str, ending: Ending
) -> None:
    visit = clinic.book(language=language)
    if ending == Ending.REFUSED:
        refuse_appointment(appointment=visit, reason="<b>إحالة</b>", by=rania)
        watch.passes(timedelta(seconds=31))
    else:
        watch.passes(DAY)
        end_unanswered_requests()
    told()

    [letter] = mail.outbox
    html = str(letter.alternatives[0][0])  # type: ignore[union-attr]
    assert f'lang="{language}"' in html
    assert "<b>" not in html
    assert ("إحالة" in html) == (ending == Ending.REFUSED)


def test_an_approval_can_be_undone_for_half_a_minute(clinic: Clinic, rania: User, watch: Clock) -> None:
    visit = clinic.book()
    told()
    approve_appointment(appointment=visit, by=rania)

    [back] = undo_last(by=rania)

    assert (back.status, back.approve_by) == (AppointmentStatus.PENDING, NOW + DAY)
    watch.passes(timedelta(seconds=31))
    assert len(told()) == 1, "nobody hears of a booking that was taken back"


def test_a_request_approved_and_taken_back_at_once_is_told_as_a_request(clinic: Clinic, rania: User) -> None:
    approve_appointment(appointment=clinic.book(), by=rania)
    undo_last(by=rania)

    assert told() == ["You asked for a visit on Monday 23 November 2026 at 11:00: not yet booked"]


def test_a_refusal_can_be_undone_with_its_time(clinic: Clinic, rania: User) -> None:
    refuse_appointment(appointment=clinic.book(), reason="No", by=rania)

    [back] = undo_last(by=rania)

    assert (back.status, back.ending, back.cancel_reason) == (AppointmentStatus.PENDING, "", "")
    assert Reservation.objects.filter(appointment=back).exists()


def test_a_freed_request_wakes_the_waitlist(
    clinic: Clinic, rania: User, watch: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[int] = []
    monkeypatch.setattr(changes, "wake_waitlist", lambda service, **_after: rung.append(service))
    refuse_appointment(appointment=clinic.book(), reason="No", by=rania)
    clinic.book()
    watch.passes(DAY)
    end_unanswered_requests()

    assert rung == [clinic.service.pk] * 2


def test_a_request_is_never_reminded(clinic: Clinic, watch: Clock) -> None:
    clinic.book()
    Appointment.objects.update(approve_by=MONDAY)
    watch.now = MONDAY - timedelta(hours=20)

    assert queue_due_reminders() == 0
    assert not Message.objects.filter(kind="appointment_reminder").exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "pending"},
        {"status": "pending", "approve_by": MONDAY + DAY},
        {"status": "booked", "approve_by": NOW},
        {"status": "booked", "ending": "refused"},
        {"status": "cancelled", "ending": "lost"},
    ],
)
def test_the_database_keeps_requests_and_their_deadlines_together(fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AppointmentFactory(starts_at=MONDAY, **fields)
