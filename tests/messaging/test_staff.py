"""What staff do about a message that was given up or perhaps sent."""

import pytest
from django.core import mail

from clinic.accounts.models import User
from clinic.audit.models import AuditEvent
from clinic.messaging import actions
from clinic.messaging.actions import MessageSettled, discard_message, retry_message
from clinic.messaging.delivery import deliver_due
from clinic.messaging.enums import MessageStatus
from clinic.messaging.models import Message
from tests.messaging.conftest import Queue

pytestmark = pytest.mark.django_db
STUCK = [MessageStatus.UNCONFIRMED, MessageStatus.DEAD]
SETTLED = [each for each in MessageStatus if each not in STUCK]


@pytest.fixture
def rana() -> User:
    return User.objects.create_user("rana", first_name="Rana", last_name="Khoury")


def in_state(message: Message, status: MessageStatus) -> Message:
    Message.objects.filter(pk=message.pk).update(status=status, attempts=10)
    return message


@pytest.mark.parametrize("status", STUCK)
def test_staff_can_send_a_stuck_message_again(confirmation: Queue, rana: User, status: MessageStatus) -> None:
    message = in_state(confirmation(), status)

    retry_message(message=message, by=rana)
    deliver_due()

    message.refresh_from_db()
    assert len(mail.outbox) == 1
    assert (message.status, message.attempts) == (MessageStatus.SENT, 1)
    event = AuditEvent.objects.get()
    assert (event.verb, event.subject, event.actor_name) == ("message.retried", message.reference, "Rana Khoury")
    assert event.detail == {"kind": "appointment_booked", "about": message.subject, "was": status}


@pytest.mark.parametrize("status", STUCK)
def test_a_discarded_message_is_never_sent(confirmation: Queue, rana: User, status: MessageStatus) -> None:
    message = in_state(confirmation(), status)

    discard_message(message=message, by=rana)
    deliver_due()

    message.refresh_from_db()
    assert mail.outbox == []
    assert message.status == MessageStatus.DISCARDED
    assert AuditEvent.objects.get().verb == "message.discarded"


@pytest.mark.parametrize("action", [retry_message, discard_message])
@pytest.mark.parametrize("status", SETTLED)
def test_a_message_that_needs_nothing_is_left_alone(
    confirmation: Queue, rana: User, action: object, status: MessageStatus
) -> None:
    message = in_state(confirmation(), status)

    with pytest.raises(MessageSettled):
        action(message=message, by=rana)  # type: ignore[operator]

    message.refresh_from_db()
    assert message.status == status
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("action", [retry_message, discard_message])
def test_without_its_audit_event_nothing_happens(
    confirmation: Queue, rana: User, action: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = in_state(confirmation(), MessageStatus.DEAD)

    def refuse(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(actions, "record_event", refuse)
    with pytest.raises(ZeroDivisionError):
        action(message=message, by=rana)  # type: ignore[operator]

    message.refresh_from_db()
    assert message.status == MessageStatus.DEAD
