"""Enquiries in the back office: who may read them, and as a spreadsheet."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from wagtail.contrib.forms.views import SubmissionsListView
from wagtail.models import Page

from clinic.audit.actions import record_event

# What spreadsheets take for the beginning of a formula: https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class EnquiriesView(SubmissionsListView):
    """The enquiries of one form. Each export is written into the audit trail."""

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {name: harmless(value) for name, value in super().to_row_dict(item).items()}

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> Any:
        if self.is_export:
            record_event(
                "enquiries.exported", subject_type="page", subject=str(self.form_page.pk), by=self.request.user
            )
        return super().render_to_response(context, **kwargs)


def harmless(value: Any) -> Any:
    """`value` so that no spreadsheet runs it: an apostrophe stands before what would be a formula."""
    if isinstance(value, list):
        return harmless(", ".join(map(str, value)))
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def only_for_readers(user: AbstractBaseUser, forms: QuerySet[Page]) -> QuerySet[Page]:
    """The forms whose enquiries `user` may read: to edit a form is not to read what people write to the clinic."""
    return forms if user.has_perm("content.view_enquiry") else forms.none()  # type: ignore[attr-defined]
