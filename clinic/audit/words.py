"""Verbs of the audit trail in the reader's language. Each app adds the words of its own verbs."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from clinic.audit.models import AuditEvent

Words = str | Promise

SENTENCES: dict[str, Words] = {}


def add_words(sentences: Mapping[str, Words]) -> None:
    """Say how verbs read, as lazy translations: {"appointment.booked": _("Booked")}.

    A sentence may name keys of the event's `detail` as in "%(reason)s".
    """
    SENTENCES.update(sentences)


class Details(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "—"


def tell(event: AuditEvent) -> str:
    """What happened, as a sentence. A verb that nobody gave words to is shown as it is stored."""
    sentence = SENTENCES.get(event.verb)
    if sentence is None:
        return event.verb
    detail = event.detail if isinstance(event.detail, dict) else {}
    return str(sentence) % Details({key: shown(value) for key, value in detail.items()})


def shown(value: Any) -> str:
    if isinstance(value, list):
        # Translators: the separator of a list of words
        return _(", ").join(str(item) for item in value)
    return str(value)


def who(event: AuditEvent) -> str:
    """The person's name as it was then; visitors and the system have none."""
    return event.actor_name or _("Visitor or system")
