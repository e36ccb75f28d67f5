"""Keeping what visitors send, telling the clinic of it, and forgetting it in time."""

import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from clinic.lib import clock
from clinic.lib.references import new_reference
from clinic.messaging.actions import queue_message
from content.enquiries.mails import KIND, SUBJECT_TYPE
from content.models.enquiries import Enquiry


@transaction.atomic
def keep_enquiry(*, page: Any, answers: dict[str, Any], reference: str, language: str) -> Enquiry:
    """Store the answers with the consent as it was read, and queue a mail to each address of the form.

    The same answers under the same reference are one enquiry, however often they are sent; other answers under it
    are a new one.
    """
    kept = json.loads(json.dumps(answers, cls=DjangoJSONEncoder))
    fields = {"page": page, "form_data": kept, "language": language, "consent_text": page.consent_text}
    enquiry, is_new = Enquiry.objects.get_or_create(reference=reference, defaults=fields)
    if not is_new:
        if enquiry.form_data == kept:
            return enquiry
        enquiry = Enquiry.objects.create(reference=new_reference(), **fields)
    for number, address in enumerate(addresses_of(page), start=1):
        queue_message(
            kind=KIND,
            subject_type=SUBJECT_TYPE,
            subject=enquiry.reference,
            rule=f"received-{number}",
            revision=1,
            recipient=address,
            language=language,
        )
    return enquiry


def addresses_of(page: Any) -> list[str]:
    return [address for part in page.to_address.split(",") if (address := part.strip())]


def forget_enquiries() -> int:
    """Delete enquiries older than `settings.ENQUIRY_DAYS`; how many."""
    old = Enquiry.objects.filter(submit_time__lt=clock.now() - timedelta(days=settings.ENQUIRY_DAYS))
    return old.delete()[0]
