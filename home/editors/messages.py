"""What is said after a publication: it stands, and what visitors would stumble over."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import ngettext

from content.review.findings import findings_of

SHOWN = 3


def tell_of_findings(request: HttpRequest, row: Model | Any) -> None:
    """A warning with the first findings in `row`; nothing when all rules are kept."""
    found = findings_of(row)
    if not found:
        return
    words = ngettext(
        "%(count)d thing in it needs attention: %(things)s",
        "%(count)d things in it need attention: %(things)s",
        len(found),
    )
    things = " ".join(finding.text for finding in found[:SHOWN])
    messages.warning(request, words % {"count": len(found), "things": things})
