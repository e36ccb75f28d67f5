"""How the lists of messages and mails show their values."""

from typing import Any

from django.middleware.csrf import get_token
from wagtail.admin.ui.tables import Column, TitleColumn

from clinic.messaging.enums import STUCK, MessageStatus
from clinic.messaging.models import Message

LOOKS = {MessageStatus.SENT: "good", MessageStatus.DEAD: "bad", MessageStatus.UNCONFIRMED: "doubtful"}


def look_of(message: Message) -> str:
    """The colour of the status tag; its words say all that its colour says."""
    return LOOKS.get(MessageStatus(message.status), "")


class CodeColumn(Column):
    """References and addresses: from left to right in every language."""

    cell_template_name = "messaging/code_cell.html"


class MomentColumn(Column):
    """Day and time. Wagtail's own column calls everything to come "just now"."""

    cell_template_name = "messaging/moment_cell.html"


class SubjectColumn(TitleColumn):
    """A title in the language of the mail, inside a list in the language of the reader."""

    cell_template_name = "messaging/subject_cell.html"


class StatusColumn(Column):
    cell_template_name = "messaging/status_cell.html"

    def get_cell_context_data(self, instance: Message, parent_context: Any) -> dict[str, Any]:
        return {**super().get_cell_context_data(instance, parent_context), "look": look_of(instance)}


class DecisionColumn(Column):
    """Buttons for a message that needs a decision; empty for everybody who may not decide."""

    cell_template_name = "messaging/decision_cell.html"

    def get_cell_context_data(self, instance: Message, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        decides = instance.status in STUCK and request.user.has_perm("messaging.change_message")
        return {**context, "decides": decides, "csrf_token": get_token(request)}
