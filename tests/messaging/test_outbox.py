"""Putting messages into the outbox."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from clinic.messaging import actions
from clinic.messaging.actions import queue_message
from clinic.messaging.enums import MessageStatus
from clinic.messaging.models import Message
from clinic.messaging.registry import UnknownKind

pytestmark = pytest.mark.django_db


def about(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "appointment_booked",
        "subject_type": "appointment",
        "subject": "K7QMW4TZDH",
        "rule": "booked",
        "revision": 0,
        "recipient": "layla@patients.example",
        "language": "ar",
        **changes,
    }


def test_a_queued_message_waits_with_everything_that_it_needs() -> None:
    message = queue_message(**about())

    assert message
    stored = Message.objects.get()
    assert stored == message
    assert stored.reference == message.reference
    assert len(stored.reference) == 10
    assert stored.status == MessageStatus.PENDING
    assert (stored.recipient, stored.language, stored.revision) == ("layla@patients.example", "ar", 0)
    assert stored.due_at <= timezone.now()
    assert stored.attempts == 0


def test_the_same_cause_is_told_only_once() -> None:
    assert queue_message(**about())

    assert queue_message(**about(recipient="other@patients.example")) is None
    assert Message.objects.get().recipient == "layla@patients.example"


@pytest.mark.parametrize("change", [{"revision": 1}, {"rule": "cancelled"}, {"subject": "ABCDEFGHJK"}])
def test_another_revision_rule_or_subject_is_another_message(change: dict[str, Any]) -> None:
    queue_message(**about())

    assert queue_message(**about(**change))
    assert Message.objects.count() == 2


def test_queueing_takes_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        queue_message(**about())


def test_a_message_that_exists_already_spoils_no_transaction() -> None:
    with transaction.atomic():
        queue_message(**about())
        queue_message(**about())
        queue_message(**about(revision=1))

    assert Message.objects.count() == 2


def test_rolling_back_the_change_takes_its_message_along() -> None:
    def change_and_fail() -> None:
        with transaction.atomic():
            queue_message(**about())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()

    assert not Message.objects.exists()


@pytest.mark.parametrize("change", [{"language": "fr"}, {"recipient": ""}])
def test_a_message_without_reader_or_language_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="recipient and one of the site's languages"):
        queue_message(**about(**change))


def test_a_kind_that_nobody_registered_is_refused() -> None:
    with pytest.raises(UnknownKind, match="birthday"):
        queue_message(**about(kind="birthday"))


def test_a_worker_is_woken_on_commit_only_for_what_is_due(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    rings: list[bool] = []
    monkeypatch.setattr(actions, "ring", lambda: rings.append(True))

    with django_capture_on_commit_callbacks(execute=True):
        queue_message(**about())
        queue_message(**about())
        queue_message(**about(revision=1, due_at=timezone.now() + timedelta(hours=1)))
        assert rings == []

    assert rings == [True]
