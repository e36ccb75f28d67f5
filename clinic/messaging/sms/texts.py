"""A message as the text of an SMS, and how many parts of an SMS it takes."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from clinic.lib.phone import can_text
from clinic.messaging.emails import surroundings
from clinic.messaging.faults import Undeliverable
from clinic.messaging.models import Message
from clinic.messaging.registry import MessageKind

# 3GPP TS 23.038, 6.2.1: the default alphabet, and its extension, of which each character takes two places.
ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("^{}\\[~]|€\f")


@dataclass(frozen=True, slots=True)
class TextMessage:
    """What a gateway sends: `to` is E.164. `reference` names the message; two texts of one name are one."""

    reference: str
    to: str
    text: str
    language: str


def compose(message: Message, kind: MessageKind) -> TextMessage:
    """The text of `message`. Raises `Undeliverable` for a number or a kind of message that has no SMS."""
    if not kind.sms:
        raise Undeliverable("Messages of this kind are not sent as SMS.")
    if not can_text(message.recipient):
        raise Undeliverable("The number is not one that takes SMS.")
    with translation.override(message.language):
        text = render_to_string(f"{kind.sms}.txt", {**surroundings(message), **kind.context(message)})
    lines = (" ".join(line.split()) for line in text.splitlines())
    return TextMessage(
        reference=message.reference,
        to=message.recipient,
        text="\n".join(line for line in lines if line),
        language=message.language,
    )


def segments(text: str) -> int:
    """How many SMS `text` takes: 160 characters of the default alphabet, else 70 of UCS-2; 153 and 67 when joined."""
    if all(char in ALPHABET or char in EXTENSION for char in text):
        length, single, joined = sum(2 if char in EXTENSION else 1 for char in text), 160, 153
    else:
        length, single, joined = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if length <= single else -(-length // joined)
