"""A message as an e-mail: its templates, in its language, with what every mail of the clinic carries."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import translation

from clinic.messaging.faults import Undeliverable
from clinic.messaging.models import Message
from clinic.messaging.registry import MessageKind
from clinic.messaging.sender import clinic_name, sender

FOR_RECIPIENT_ALONE = "Private"  # the header Sensitivity: RFC 4021, 2.1.55


def compose(message: Message, kind: MessageKind) -> EmailMultiAlternatives:
    """The e-mail of `message`. Raises `Undeliverable` for an address that no mail can have.

    The Message-ID comes from the row, so that two copies of one message are one mail to whoever receives them
    (RFC 5322, 3.6.4).
    """
    try:
        validate_email(message.recipient)
    except ValidationError:
        raise Undeliverable("The address is not one that mail can have.") from None
    with translation.override(message.language):
        context = {**surroundings(message), **kind.context(message)}
        subject, text, html = (
            render_to_string(f"{kind.template}.{part}", context) for part in ("subject.txt", "txt", "html")
        )
        attachments = kind.attachments(message) if kind.attachments else []
        from_email = sender()
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=text.strip() + "\n",
        from_email=from_email,
        to=[message.recipient],
        headers={
            "Message-ID": message_id(message),
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",  # RFC 3834: nobody's holiday note answers it
            "X-Auto-Response-Suppress": "All",
            **({"Sensitivity": FOR_RECIPIENT_ALONE} if kind.is_secret else {}),
        },
    )
    mail.attach_alternative(html, "text/html")
    for each in attachments:
        if each.alternative:
            mail.attach_alternative(each.content.decode(), each.alternative)
        mail.attach(each.filename, each.content, each.mimetype)
    return mail


def surroundings(message: Message) -> dict[str, Any]:
    """What the frame of every mail shows. Asked in the language of the message."""
    return {
        "language": message.language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "clinic": clinic_name(),
        "site_url": settings.SITE_URL,
    }


def message_id(message: Message) -> str:
    return f"<{message.reference.lower()}@{urlsplit(settings.SITE_URL).hostname}>"
