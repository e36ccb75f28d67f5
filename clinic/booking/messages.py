"""The message that carries a code. It is for its recipient alone."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from clinic.booking.codes import KIND, can_be_typed, digits_of
from clinic.booking.models import ContactCode
from clinic.booking.rules import CODE_MINUTES
from clinic.messaging.models import Message
from clinic.messaging.registry import MessageKind, register


def still_asked(message: Message) -> bool:
    """Whether somebody may still type this code."""
    code = ContactCode.objects.filter(reference=message.subject).first()
    return code is not None and can_be_typed(code)


def code_context(message: Message) -> dict[str, Any]:
    code = ContactCode.objects.get(reference=message.subject)
    return {"code": digits_of(code), "minutes": CODE_MINUTES}


def register_kinds() -> None:
    register(
        MessageKind(
            name=KIND,
            label=_("Code for a booking"),
            template="emails/contact_code",
            sms="sms/contact_code",
            still_holds=still_asked,
            context=code_context,
            is_secret=True,
        )
    )
