"""The mail that asks a patient to choose another time, because who or what they were to visit is away."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from clinic.lib import clock
from clinic.messaging.actions import queue_message
from clinic.messaging.models import Message
from clinic.messaging.registry import MessageKind, register
from clinic.scheduling.absences.affected import asked_by
from clinic.scheduling.messages import SUBJECT_TYPE, visit_context, visit_of
from clinic.scheduling.models import Absence, Appointment

DISPLACED = "appointment_displaced"


def queue_displaced(appointment: Appointment, *, absence: Absence) -> Message | None:
    """Ask the patient to choose another time; None when they have been asked for this absence and revision."""
    return queue_message(
        kind=DISPLACED,
        subject_type=SUBJECT_TYPE,
        subject=appointment.reference,
        rule=f"absence {absence.reference}",
        revision=appointment.revision,
        recipient=appointment.contact_email,
        language=appointment.language,
    )


def still_displaced(message: Message) -> bool:
    """Whether the visit still lies where it cannot take place, and the patient is to choose."""
    return asked_by(visit_of(message), now=clock.now()) is not None


def displaced_context(message: Message) -> dict[str, Any]:
    """What the templates show; `is_closed` tells a closed clinic from an absent practitioner."""
    absence = asked_by(visit_of(message), now=clock.now())
    return visit_context(message) | {"is_closed": bool(absence and absence.location_id)}


def register_kind() -> None:
    register(
        MessageKind(
            name=DISPLACED,
            label=_("Another time is needed"),
            template="emails/appointment_displaced",
            still_holds=still_displaced,
            context=displaced_context,
        )
    )
