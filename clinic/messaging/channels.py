"""How a message leaves: each channel makes a letter of it, which can be handed over once."""

import logging
from typing import Protocol

from django.core.mail import get_connection

from clinic.messaging import emails, sms
from clinic.messaging.enums import Channel
from clinic.messaging.faults import describe
from clinic.messaging.models import Message
from clinic.messaging.registry import MessageKind

log = logging.getLogger(__name__)


class Letter(Protocol):
    """A message that is written, with an open line to whoever carries it."""

    def send(self) -> str:
        """Hand it over, and return the carrier's id for it. What a fault means, `clinic.messaging.faults` says."""

    def close(self) -> None:
        """End the line. Never raises."""


class MailLetter:
    """Raises `Undeliverable`, and `OSError` for a server that cannot be reached."""

    def __init__(self, message: Message, kind: MessageKind) -> None:
        self.mail = emails.compose(message, kind)
        self.id = emails.message_id(message)
        self.connection = get_connection()
        self.connection.open()
        self.mail.connection = self.connection

    def send(self) -> str:
        self.mail.send()
        return self.id

    def close(self) -> None:
        try:
            self.connection.close()
        except OSError as fault:  # a server that hangs up without a good-bye has taken the mail all the same
            log.info("The mail server hung up: %s", describe(fault))


class SmsLetter:
    """Raises `Undeliverable`, also while the clinic has no gateway."""

    def __init__(self, message: Message, kind: MessageKind) -> None:
        self.text = sms.compose(message, kind)
        self.gateway = sms.gateway()

    def send(self) -> str:
        return self.gateway.send(self.text)

    def close(self) -> None:
        """A gateway keeps no line open."""


def letter_for(message: Message, kind: MessageKind) -> Letter:
    """The letter of `message` for its channel. Raises what its class says."""
    if message.channel == Channel.SMS:
        return SmsLetter(message, kind)
    return MailLetter(message, kind)
