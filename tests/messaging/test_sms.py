"""Text messages: what they say, who carries them, and what each answer of the carrier means."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from datetime import time as clock_time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from clinic.lib.phone import can_text
from clinic.messaging.actions import queue_message
from clinic.messaging.delivery import deliver_due
from clinic.messaging.enums import Channel, MessageStatus
from clinic.messaging.models import Message
from clinic.messaging.sms import segments
from clinic.scheduling.messages import BOOKED
from clinic.scheduling.reminders.messages import REMINDER
from clinic.scheduling.reminders.moments import due_reminders
from tests.factories.directory import LocationFactory, ReminderRuleFactory
from tests.factories.scheduling import AppointmentFactory
from tests.messaging.gateway import DRIP, HANG_UP, NEVER, Carrier, open_carrier

pytestmark = pytest.mark.django_db
PHONE = "+962791234567"
Texting = Callable[..., Message]


@pytest.fixture(autouse=True)
def no_night(settings: Settings) -> None:
    settings.QUIET_HOURS = (clock_time(0), clock_time(0))


@pytest.fixture
def sms_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.SMS_GATEWAY = "clinic.messaging.sms.folder.FolderGateway"
    settings.SMS_FOLDER = tmp_path / "sms"
    return settings.SMS_FOLDER


@pytest.fixture
def carrier(settings: Settings) -> Iterator[Carrier]:
    with open_carrier() as carrier:
        settings.SMS_GATEWAY = "clinic.messaging.sms.web.WebGateway"
        settings.SMS_URL, settings.SMS_KEY, settings.SMS_SENDER = carrier.address, "a secret", "Iyada"
        settings.SMS_TIMEOUT = 5
        yield carrier


@pytest.fixture
def texting() -> Texting:
    """`texting(language="ar", …)`: a visit in two hours, and its reminder by SMS in the outbox."""

    def queue(recipient: str = PHONE, kind: str = REMINDER, **visit: Any) -> Message:
        visit.setdefault("starts_at", timezone.now() + timedelta(hours=2))
        visit.setdefault("location", LocationFactory(name_en="Iyada Amman", name_ar="عيادة عمّان"))
        appointment = AppointmentFactory(**visit)
        ReminderRuleFactory(service=appointment.service, hours_before=3, channel=Channel.SMS)
        [reminder] = due_reminders(
            appointment.starts_at, [(3, "sms")], zone=appointment.location.time_zone, now=timezone.now()
        )
        message = queue_message(
            kind=kind,
            subject_type="appointment",
            subject=appointment.reference,
            rule=reminder.rule,
            revision=0,
            recipient=recipient,
            language=appointment.language,
            channel=Channel.SMS,
        )
        assert message
        return message

    return queue


def delivered(message: Message) -> Message:
    deliver_due()
    message.refresh_from_db()
    return message


def kept(folder: Path) -> dict[str, Any]:
    [file] = folder.glob("*.json")
    return dict(json.loads(file.read_text()))


def test_a_text_is_kept_in_the_folder_until_a_carrier_is_named(texting: Texting, sms_folder: Path) -> None:
    message = delivered(texting())

    assert message.status == MessageStatus.SENT
    assert message.provider_id == next(sms_folder.glob("*.json")).stem
    assert kept(sms_folder)["to"] == PHONE
    assert sms_folder.stat().st_mode & 0o777 == 0o700


def test_an_english_text_says_when_and_where_in_two_parts(texting: Texting, sms_folder: Path) -> None:
    message = texting()

    delivered(message)

    sms = kept(sms_folder)
    assert "Iyada Amman" in sms["text"]
    assert "+962 6 555 0100" in sms["text"]
    assert "/en/book/visit/" in sms["text"]
    assert all(ord(char) < 128 for char in sms["text"])
    assert sms["segments"] == 2


def test_an_arabic_text_is_arabic(texting: Texting, sms_folder: Path) -> None:
    delivered(texting(language="ar"))

    sms = kept(sms_folder)
    assert "عيادة عمّان" in sms["text"]
    assert "موعدكم" in sms["text"]
    assert "\u200e+962 6 555 0100\u200e" in sms["text"]  # else its groups stand in the reverse order
    assert "/ar/book/visit/" in sms["text"].splitlines()[-1]
    assert not {"\u2066", "\u2067", "\u2068", "\u2069"} & set(sms["text"])


def test_a_text_tells_nothing_about_the_illness(texting: Texting, sms_folder: Path) -> None:
    message = texting()
    visit = AppointmentFactory._meta.model.objects.get()

    delivered(message)

    text = kept(sms_folder)["text"]
    assert visit.service.name not in text
    assert visit.practitioner.name not in text


def test_the_carrier_is_given_number_text_name_and_key(texting: Texting, carrier: Carrier) -> None:
    message = delivered(texting())

    [sms], [headers] = carrier.taken, carrier.headers
    assert (sms["path"], sms["id"], sms["to"], sms["from"]) == ("/send?account=7", message.reference, PHONE, "Iyada")
    assert "Iyada Amman" in sms["text"]
    assert headers["Authorization"] == "Bearer a secret"
    assert headers["Idempotency-Key"] == message.reference
    assert (message.status, message.provider_id) == (MessageStatus.SENT, "carrier-1")


@pytest.mark.parametrize("answer", [b"", b"OK", b"[]", b'{"status": "queued"}', b"\xff\xfe"])
def test_a_carrier_that_agrees_without_a_number_has_agreed(texting: Texting, carrier: Carrier, answer: bytes) -> None:
    carrier.answer = answer

    message = delivered(texting())

    assert (message.status, message.provider_id) == (MessageStatus.SENT, "")


@pytest.mark.parametrize("status", [400, 410, 413, 422])
def test_a_text_that_the_carrier_will_never_send_is_given_up_at_once(
    texting: Texting, carrier: Carrier, status: int
) -> None:
    carrier.replies, carrier.answer = [status], b"no such number"

    message = delivered(texting())

    assert message.status == MessageStatus.DEAD
    assert message.last_error.startswith(f"Undeliverable: {status}")
    assert message.last_error.endswith("no such number")


@pytest.mark.parametrize("status", [302, 401, 403, 404, 408, 429, 503])
def test_a_carrier_that_does_not_take_a_text_now_is_asked_again_later(
    texting: Texting, carrier: Carrier, status: int
) -> None:
    carrier.replies = [status]

    message = delivered(texting())

    assert message.status == MessageStatus.PENDING
    assert message.due_at > timezone.now()
    assert message.last_error.startswith(f"NotTaken: {status}")


def test_a_text_that_was_not_taken_at_first_arrives_once(texting: Texting, carrier: Carrier) -> None:
    carrier.replies = [503]
    message = delivered(texting())
    Message.objects.update(due_at=timezone.now())

    assert delivered(message).status == MessageStatus.SENT
    assert [sms["id"] for sms in carrier.taken] == [message.reference] * 2


@pytest.mark.parametrize("reply", [500, 502, 504, HANG_UP])
def test_a_text_that_perhaps_went_out_is_not_sent_again_by_itself(
    texting: Texting, carrier: Carrier, reply: int
) -> None:
    carrier.replies = [reply]

    message = delivered(texting())

    assert message.status == MessageStatus.UNCONFIRMED
    assert message.last_error.startswith("Unanswered")
    assert deliver_due() == 0
    assert len(carrier.taken) == 1


@pytest.mark.parametrize("reply", [NEVER, DRIP])
def test_a_carrier_that_never_ends_its_answer_holds_nobody_up(
    texting: Texting, carrier: Carrier, settings: Settings, reply: int
) -> None:
    settings.SMS_TIMEOUT = 0.3
    carrier.replies = [reply]
    slow, next_one = texting(), texting()
    began = time.monotonic()

    deliver_due()

    slow.refresh_from_db()
    next_one.refresh_from_db()
    assert slow.status == MessageStatus.UNCONFIRMED
    assert next_one.status == MessageStatus.SENT
    assert time.monotonic() - began < 5


def test_a_carrier_that_is_not_there_means_later(texting: Texting, settings: Settings, carrier: Carrier) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.SMS_URL = f"http://127.0.0.1:{free.getsockname()[1]}/"

        message = delivered(texting())

    assert message.status == MessageStatus.PENDING
    assert message.last_error.startswith("ConnectionRefusedError")


@pytest.mark.parametrize("number", ["+96265550100", "079 123 4567", "layla"])
def test_a_number_that_takes_no_sms_is_given_up_and_stops_no_other(
    texting: Texting, carrier: Carrier, number: str
) -> None:
    bad, good = texting(recipient=number), texting()

    deliver_due()

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.status, good.status) == (MessageStatus.DEAD, MessageStatus.SENT)
    assert [sms["to"] for sms in carrier.taken] == [PHONE]


def test_a_message_that_has_no_short_form_is_no_sms(texting: Texting, carrier: Carrier) -> None:
    message = texting(kind=BOOKED)

    delivered(message)

    assert message.status == MessageStatus.DEAD
    assert carrier.taken == []


def test_without_a_gateway_no_sms_is_sent(texting: Texting, settings: Settings) -> None:
    settings.SMS_GATEWAY = ""

    message = delivered(texting())

    assert message.status == MessageStatus.DEAD
    assert message.last_error == "Undeliverable: No gateway for SMS is set."


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("م" * 70, 1),
        ("م" * 71, 2),
        ("م" * 134, 2),
        ("م" * 135, 3),
    ],
)
def test_parts_are_counted_as_carriers_charge_them(text: str, parts: int) -> None:
    assert segments(text) == parts


@pytest.mark.parametrize(
    ("number", "texts"), [(PHONE, True), ("+96265550100", False), ("", False), ("+447700900123", False)]
)
def test_a_landline_takes_no_sms(number: str, texts: bool) -> None:
    assert can_text(number) is texts
