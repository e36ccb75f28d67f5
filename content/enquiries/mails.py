"""The mail that tells the clinic of an enquiry. Sent by the outbox, so none is lost while the mail server is down."""

from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.messaging.models import Message
from clinic.messaging.registry import MessageKind, register
from content.models.enquiries import Enquiry

KIND = "enquiry_received"
SUBJECT_TYPE = "enquiry"


def is_kept(message: Message) -> bool:
    """Whether the enquiry has not been deleted since."""
    return Enquiry.objects.filter(reference=message.subject).exists()


def enquiry_context(message: Message) -> dict[str, Any]:
    enquiry = Enquiry.objects.select_related("page").get(reference=message.subject)
    page = enquiry.page.specific
    return {"enquiry": enquiry, "page": page, "answers": answers_of(enquiry, page)}


def answers_of(enquiry: Enquiry, page: Any) -> list[tuple[str, str]]:
    """Question and answer, in the order of the form; answers to questions that are gone come last."""
    fields = {field.clean_name: field for field in page.get_form_fields()}
    names = [name for name in fields if name in enquiry.form_data]
    names += [name for name in enquiry.form_data if name not in fields]
    return [
        (fields[name].label if name in fields else name, said(enquiry.form_data[name], fields.get(name)))
        for name in names
    ]


def said(value: Any, field: Any = None) -> str:
    """An answer in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if field and field.field_type == "date" and value and (day := parse_date(str(value))):
        return date_format(day)
    return "" if value is None else str(value)


def register_kind() -> None:
    register(
        MessageKind(
            name=KIND,
            label=gettext_lazy("Enquiry received"),
            template="emails/enquiry_received",
            still_holds=is_kept,
            context=enquiry_context,
        )
    )
