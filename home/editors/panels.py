"""The first page of the back office, for those who write: what there is, what is coming, what needs attention."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from content.review.rules import RULES
from home.editors.attention import attention_counts, may_read_reports
from home.editors.calendar import coming_moments
from home.editors.views import may_announce
from home.languages import OWN_NAMES


class EditorsPanel(Component):
    """Shown to nobody who may not write pages."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request


class PagesPanel(EditorsPanel):
    name = "pages"
    order = 100
    template_name = "home/admin/panels/pages.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "languages": page_counts(self.request.user),
            "emergency_url": reverse("emergency") if may_announce(self.request.user) else "",
        }


class ComingPanel(EditorsPanel):
    name = "coming"
    order = 220
    template_name = "home/admin/panels/coming.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"moments": coming_moments(self.request.user)}


class AttentionPanel(EditorsPanel):
    name = "attention"
    order = 230
    template_name = "home/admin/panels/attention.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        counts = attention_counts()
        return {"counts": [(rule, counts[rule.key]) for rule in RULES if rule.key in counts]}


def page_counts(user: Any) -> list[dict[str, Any]]:
    """For each language: how many pages are published, changed since, drafts only, and where its tree begins."""
    mine = page_permission_policy.explorable_instances(user).filter(depth__gt=1)
    rows = mine.values("locale__language_code").annotate(
        published=Count("pk", filter=Q(live=True)),
        changed=Count("pk", filter=Q(live=True, has_unpublished_changes=True)),
        drafts=Count("pk", filter=Q(live=False)),
    )
    homes = {page.locale.language_code: page.pk for page in Page.objects.filter(depth=2).select_related("locale")}
    return [
        {**row, "code": code, "name": OWN_NAMES.get(code, code), "home": homes[code]}
        for row in rows.order_by("-locale__language_code")
        if (code := row["locale__language_code"]) in homes
    ]


def panels_for(request: HttpRequest) -> list[EditorsPanel]:
    if not may_read_reports(request):
        return []
    return [PagesPanel(request), ComingPanel(request), AttentionPanel(request)]
