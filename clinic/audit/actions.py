"""Writing to the audit trail, in the transaction of the change itself."""

import json
import logging
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from clinic.audit.models import AuditEvent

logger = logging.getLogger("clinic.audit")


def record_event(
    verb: str, *, subject_type: str, subject: str, by: AbstractBaseUser | None, detail: dict[str, Any] | None = None
) -> AuditEvent:
    """Add one event and write it to the log as a line of JSON.

    `by` is None for a visitor or the system; `detail` must be JSON and free of names and contact data.
    """
    event = AuditEvent.objects.create(
        verb=verb,
        subject_type=subject_type,
        subject=subject,
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "",
        detail=detail or {},
    )
    logger.info(
        json.dumps(
            {"audit": verb, "type": subject_type, "subject": subject, "by": by.pk if by else None, **event.detail}
        )
    )
    return event
