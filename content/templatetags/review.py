"""What the rules for content find, for the editor's side panel."""

from typing import Any

from django import template
from django.db.models import Model

from content.review.findings import Finding, findings_of

register = template.Library()


@register.simple_tag
def content_findings(row: Any) -> tuple[Finding, ...]:
    """`{% content_findings page as findings %}`: nothing for what was never saved."""
    return findings_of(row) if isinstance(row, Model) and row.pk and hasattr(row, "locale") else ()
