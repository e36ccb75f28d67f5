"""Who carries text messages. `settings.SMS_GATEWAY` names the class; without one the clinic sends no SMS."""

from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from clinic.messaging.faults import Undeliverable
from clinic.messaging.sms.texts import TextMessage


class Gateway(Protocol):
    """Made without arguments, once for each message."""

    def send(self, message: TextMessage) -> str:
        """Hand `message` over, and return the carrier's id for it, or "".

        Raises `Undeliverable` when this message can never be sent, `NotTaken` or `OSError` when it surely was not taken
        and may be later; anything else means that nobody knows, and the message is not sent again by itself.
        """


def sms_is_sent() -> bool:
    """Whether the clinic sends text messages at all."""
    return bool(settings.SMS_GATEWAY)


def gateway() -> Gateway:
    """The clinic's gateway. Raises `Undeliverable` without one."""
    if not sms_is_sent():
        raise Undeliverable("No gateway for SMS is set.")
    return cast("Gateway", import_string(settings.SMS_GATEWAY)())
