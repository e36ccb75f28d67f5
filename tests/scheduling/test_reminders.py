"""Who is reminded, when and how often."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from pytest_django import DjangoAssertNumQueries, Settings

from clinic.directory.models import ReminderRule
from clinic.messaging.delivery import deliver_due
from clinic.messaging.enums import MessageStatus
from clinic.messaging.models import Message
from clinic.scheduling.actions import cancel_appointment, change_status
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.links import cancel_token, view_token
from clinic.scheduling.messages import queue_moved
from clinic.scheduling.models import Appointment
from clinic.scheduling.reminders import run
from clinic.scheduling.reminders.messages import REMINDER
from clinic.scheduling.reminders.run import queue_due_reminders
from tests.factories.directory import LocationFactory, ReminderRuleFactory, ServiceFactory
from tests.factories.scheduling import AppointmentFactory, rewrite

pytestmark = pytest.mark.django_db
AMMAN = ZoneInfo("Asia/Amman")
VISIT = datetime(2031, 1, 15, 14, tzinfo=AMMAN)
BOOKED = VISIT - timedelta(days=9)
PHONE = "+962791234567"
Clock = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def sms_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.SMS_FOLDER = tmp_path / "sms"
    return settings.SMS_FOLDER


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr("clinic.lib.clock.now", lambda: moment)

    return set_clock


def visit(*rules: tuple[int, str], **values: Any) -> Appointment:
    """A visit at `VISIT` for a service with these `rules`, booked nine days before."""
    service = values.pop("service", None) or ServiceFactory()
    for hours, channel in rules:
        ReminderRuleFactory(service=service, hours_before=hours, channel=channel)
    values = {"starts_at": VISIT, "contact_phone": PHONE, "contact_email": "layla@example.com", **values}
    appointment = AppointmentFactory(service=service, **values)
    Appointment.objects.filter(pk=appointment.pk).update(created_at=BOOKED)
    return appointment


def reminders() -> list[tuple[str, str]]:
    """Channel and status of every reminder, in the order of the outbox."""
    return list(Message.objects.filter(kind=REMINDER).order_by("pk").values_list("channel", "status"))


def test_a_visit_is_reminded_once_for_each_rule(at: Clock, sms_folder: Path) -> None:
    visit((48, "email"), (3, "sms"))

    for minutes in range(0, 49 * 60, 30):
        at(VISIT - timedelta(hours=49) + timedelta(minutes=minutes))
        queue_due_reminders()
        deliver_due()

    assert reminders() == [("email", "sent"), ("sms", "sent")]
    assert len(mail.outbox) == 1
    assert len(list(sms_folder.glob("*.json"))) == 1


def test_a_service_without_rules_is_reminded_at_eight_on_the_day_before_by_each_locations_clock(at: Clock) -> None:
    service = ServiceFactory()
    amman = visit(service=service)
    zone = ZoneInfo("America/New_York")
    visit(service=service, location=LocationFactory(time_zone=zone.key), starts_at=VISIT.replace(tzinfo=zone))

    at(datetime(2031, 1, 14, 8, tzinfo=AMMAN))
    assert queue_due_reminders() == 1
    assert Message.objects.get(kind=REMINDER).subject == amman.reference

    at(datetime(2031, 1, 14, 8, tzinfo=zone))
    assert queue_due_reminders() == 1
    assert queue_due_reminders() == 0


def test_one_patient_without_phone_or_mail_stops_no_other(at: Clock) -> None:
    service = ServiceFactory()
    visit((3, "sms"), service=service, contact_phone="", contact_email="")
    visit(service=service, contact_phone="", contact_email="omar@example.com")
    visit(service=service)
    at(VISIT - timedelta(hours=3))

    assert queue_due_reminders() == 2
    deliver_due()

    assert sorted(reminders()) == [("email", "sent"), ("sms", "sent")]


def test_one_visit_whose_reminder_cannot_be_queued_stops_no_other(at: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    service = ServiceFactory()
    bad, good = visit((3, "sms"), service=service), visit(service=service)
    queue_message = run.queue_message

    def refuse(**values: Any) -> Message | None:
        if values["subject"] == bad.reference:
            Appointment.objects.raw("SELECT no_such_column")[0]
        return queue_message(**values)

    monkeypatch.setattr(run, "queue_message", refuse)
    at(VISIT - timedelta(hours=3))

    assert queue_due_reminders() == 1
    assert Message.objects.get(kind=REMINDER).subject == good.reference


@pytest.mark.parametrize(
    ("contact", "channel"),
    [
        ({"contact_phone": "", "contact_email": "a@example.com"}, "email"),
        ({"contact_phone": "+96265550100", "contact_email": "a@example.com"}, "email"),  # a landline
        ({"contact_phone": PHONE, "contact_email": ""}, "sms"),
    ],
)
def test_who_cannot_be_reached_one_way_is_reminded_the_other(at: Clock, contact: dict[str, str], channel: str) -> None:
    visit((3, "email" if channel == "sms" else "sms"), **contact)
    at(VISIT - timedelta(hours=3))

    queue_due_reminders()

    assert reminders() == [(channel, "pending")]


def test_a_rule_by_both_ways_is_one_mail_for_whoever_has_no_phone(at: Clock) -> None:
    visit((3, "email"), (3, "sms"), contact_phone="")
    at(VISIT - timedelta(hours=3))

    queue_due_reminders()
    queue_due_reminders()

    assert reminders() == [("email", "pending")]


def test_without_a_gateway_reminders_go_by_mail(at: Clock, settings: Settings) -> None:
    settings.SMS_GATEWAY = ""
    visit((3, "sms"))
    at(VISIT - timedelta(hours=3))

    queue_due_reminders()

    assert reminders() == [("email", "pending")]


@pytest.mark.parametrize("status", [AppointmentStatus.CANCELLED, AppointmentStatus.ARRIVED, AppointmentStatus.PENDING])
def test_only_a_booked_visit_is_reminded(at: Clock, status: AppointmentStatus) -> None:
    visit((3, "sms"), status=status, approve_by=VISIT if status == AppointmentStatus.PENDING else None)
    at(VISIT - timedelta(hours=3))

    assert queue_due_reminders() == 0


def test_a_visit_cancelled_after_its_reminder_was_queued_is_never_reminded(at: Clock, sms_folder: Path) -> None:
    appointment = visit((3, "sms"), contact_email="")
    at(VISIT - timedelta(hours=3))
    queue_due_reminders()
    cancel_appointment(appointment=appointment, by=None)

    deliver_due()

    assert reminders() == [("sms", "skipped")]
    assert not sms_folder.exists()


def test_a_moved_visit_is_reminded_of_its_new_time_alone(at: Clock) -> None:
    visit((3, "email"))
    at(VISIT - timedelta(hours=3))
    queue_due_reminders()
    later = VISIT + timedelta(days=7)
    rewrite(starts_at=later, ends_at=later + timedelta(minutes=30), revision=1)

    deliver_due()
    assert mail.outbox == []

    at(later - timedelta(hours=3))
    queue_due_reminders()
    deliver_due()
    assert reminders() == [("email", "skipped"), ("email", "sent")]
    assert "22 January" in str(mail.outbox[0].body)


def test_who_arrives_and_goes_back_to_waiting_is_not_reminded_again(at: Clock) -> None:
    appointment = visit((3, "email"))
    at(VISIT - timedelta(hours=3))
    queue_due_reminders()
    deliver_due()
    arrived = change_status(appointment=appointment, status=AppointmentStatus.ARRIVED, by=None)
    change_status(appointment=arrived, status=AppointmentStatus.BOOKED, by=None)

    assert queue_due_reminders() == 0


def test_a_visit_booked_after_the_hour_of_its_reminder_is_not_reminded(at: Clock) -> None:
    appointment = visit((48, "email"))
    Appointment.objects.filter(pk=appointment.pk).update(created_at=VISIT - timedelta(hours=20))
    at(VISIT - timedelta(hours=19))

    assert queue_due_reminders() == 0


def test_whoever_was_told_the_new_time_after_the_hour_of_the_reminder_is_not_reminded(at: Clock) -> None:
    appointment = visit((48, "email"))
    told = queue_moved(appointment)
    assert told
    Message.objects.filter(pk=told.pk).update(created_at=VISIT - timedelta(hours=20))
    at(VISIT - timedelta(hours=19))
    assert queue_due_reminders() == 0

    Message.objects.filter(pk=told.pk).update(status=MessageStatus.DEAD)  # never heard of it
    assert queue_due_reminders() == 1


def test_after_an_outage_only_what_still_helps_is_sent(at: Clock) -> None:
    service = ServiceFactory()
    visit((48, "email"), (3, "sms"), service=service, contact_phone="")
    at(VISIT - timedelta(hours=2))  # since three days ago nothing ran
    assert queue_due_reminders() == 1

    at(VISIT - timedelta(minutes=59))
    deliver_due()

    assert reminders() == [("email", "skipped")]
    assert queue_due_reminders() == 0


def test_nobody_is_reminded_at_night(at: Clock, sms_folder: Path) -> None:
    """A carrier that was away all evening comes back at night."""
    late = VISIT.replace(hour=11)
    visit((5, "sms"), starts_at=late)
    at(datetime(2031, 1, 14, 20, 30, tzinfo=AMMAN))
    assert queue_due_reminders() == 1
    at(datetime(2031, 1, 14, 22, tzinfo=AMMAN))

    deliver_due()

    message = Message.objects.get(kind=REMINDER)
    assert message.status == MessageStatus.PENDING
    assert message.due_at == datetime(2031, 1, 15, 8, tzinfo=AMMAN)
    assert message.attempts == 0
    assert not sms_folder.exists()
    assert queue_due_reminders() == 0

    Message.objects.update(due_at=BOOKED - timedelta(days=3000))
    at(datetime(2031, 1, 15, 8, tzinfo=AMMAN))
    deliver_due()
    assert reminders() == [("sms", "sent")]


def test_a_reminder_that_was_missed_in_the_evening_is_not_queued_at_night(at: Clock) -> None:
    visit((5, "sms"), starts_at=VISIT.replace(hour=11))

    at(datetime(2031, 1, 14, 23, tzinfo=AMMAN))
    assert queue_due_reminders() == 0

    at(datetime(2031, 1, 15, 8, tzinfo=AMMAN))
    assert queue_due_reminders() == 1


def test_a_rule_that_was_taken_away_meanwhile_reminds_nobody(at: Clock) -> None:
    visit((3, "email"))
    at(VISIT - timedelta(hours=3))
    queue_due_reminders()
    ReminderRule.objects.all().delete()
    ReminderRuleFactory(service=Appointment.objects.get().service, hours_before=2)

    deliver_due()

    assert reminders() == [("email", "skipped")]


@pytest.mark.parametrize(("language", "subject"), [("en", "Reminder: your visit on"), ("ar", "تذكير: موعدكم يوم")])
def test_the_mail_reminds_in_the_patients_language(at: Clock, language: str, subject: str) -> None:
    appointment = visit((24, "email"), language=language)
    at(VISIT - timedelta(hours=24))
    queue_due_reminders()

    deliver_due()

    letter = cast("EmailMultiAlternatives", mail.outbox[0])
    assert letter.subject.startswith(subject)
    for part in (str(letter.body), str(letter.alternatives[0][0])):
        assert f"/{language}/book/visit/{view_token(appointment)}/" in part
        assert f"/{language}/book/cancel/{cancel_token(appointment)}/" in part
        assert appointment.spoken_reference in part


def test_after_the_cut_off_the_mail_asks_to_call_instead_of_cancelling(at: Clock) -> None:
    appointment = visit((3, "email"), service=ServiceFactory(cancel_cutoff=240))
    at(VISIT - timedelta(hours=3))
    queue_due_reminders()

    deliver_due()

    text = str(mail.outbox[0].body)
    assert cancel_token(appointment) not in text
    assert "Please call us" in text


def test_a_run_asks_as_many_queries_for_thirty_visits_as_for_one(
    at: Clock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    service = ServiceFactory()
    visit((3, "sms"), service=service)
    at(VISIT - timedelta(hours=3))
    queue_due_reminders()
    with django_assert_num_queries(3):
        queue_due_reminders()
    for _ in range(29):
        visit(service=service)
    queue_due_reminders()

    with django_assert_num_queries(3):
        assert queue_due_reminders() == 0


@pytest.fixture
def at_once() -> Callable[[Callable[[], Any]], list[Any]]:
    def run_twice(work: Callable[[], Any]) -> list[Any]:
        together = threading.Barrier(2, timeout=10)

        def one(_number: int) -> Any:
            try:
                together.wait()
                return work()
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as threads:
            return list(threads.map(one, range(2)))

    return run_twice


@pytest.mark.django_db(transaction=True)
def test_two_clocks_that_tick_at_once_remind_each_patient_once(
    at: Clock, at_once: Callable[[Callable[[], Any]], list[Any]]
) -> None:
    service = ServiceFactory()
    visit((3, "sms"), service=service)
    for _ in range(9):
        visit(service=service)
    at(VISIT - timedelta(hours=3))

    assert sum(at_once(queue_due_reminders)) == 10
    assert Message.objects.filter(kind=REMINDER).count() == 10
