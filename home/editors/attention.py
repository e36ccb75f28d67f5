"""Content that needs attention: what the rules find in everything that visitors can see now."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Model
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy, policy_registry

from content.review.findings import Finding, review
from content.review.rules import RULES
from home.editors.policies import SNIPPETS

COUNTS_KEPT = 300  # seconds: the first page counts for everybody, the report looks anew


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the report: a page or snippet with everything that was found in it."""

    title: str
    kind: str
    language: str
    edit_url: str | None
    live_url: str
    findings: tuple[Finding, ...]


def published_content(user: Any = None) -> Iterator[Model]:
    """Every published page and snippet; of a `user`, what they may change. A query for each kind of content."""
    locales = Locale.objects.in_bulk()
    pages = Page.objects.live().filter(depth__gt=1)
    if user:
        pages &= page_permission_policy.instances_user_has_any_permission_for(user, {"change"})
    for page in pages.order_by("path").specific():
        page.locale = locales[page.locale_id]  # which `specific` would ask for, page by page
        yield page
    for model in SNIPPETS:
        policy = policy_registry.get_by_type(model)
        rows = policy.instances_user_has_permission_for(user, "change") if user else model.objects.all()
        yield from rows.filter(live=True).select_related("locale").order_by("pk")


def rows_for(user: Any, *, only: str = "", language: str = "") -> list[Row]:
    finder = AdminURLFinder(user)
    return [
        Row(
            title=str(each.subject.row),
            kind=str(each.subject.row._meta.verbose_name),
            language=each.subject.language,
            edit_url=finder.get_edit_url(each.subject.row),
            live_url=each.subject.row.url or "" if isinstance(each.subject.row, Page) else "",
            findings=each.findings,
        )
        for each in review(published_content(user), only=only)
        if language in {"", each.subject.language}
    ]


def attention_counts() -> dict[str, int]:
    """How many pages and snippets break each rule, by the rule's key; at most five minutes old."""

    def count() -> dict[str, int]:
        found = review(published_content())
        return dict(Counter(key for each in found for key in {finding.rule.key for finding in each.findings}))

    counts: dict[str, int] | None = cache.get("content-attention")
    if counts is None:
        counts = count()
        cache.set("content-attention", counts, COUNTS_KEPT)
    return counts


class AttentionView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The report, filtered by rule (`?rule=`) and language (`?language=`)."""

    template_name = "home/admin/attention.html"
    page_title = _("Content that needs attention")
    header_icon = "warning"
    any_permission_required = ["add", "change", "publish"]
    permission_policy = page_permission_policy
    _show_breadcrumbs = True

    @cached_property
    def rule(self) -> str:
        asked = self.request.GET.get("rule", "")
        return asked if asked in {rule.key for rule in RULES} else ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        language = self.request.GET.get("language", "")
        rows = rows_for(self.request.user, only=self.rule, language=language if language in {"en", "ar"} else "")
        chosen = {"rule": self.rule, "language": language}
        return {**super().get_context_data(**kwargs), "rows": rows, "rules": RULES, "chosen": chosen}


def may_read_reports(request: HttpRequest) -> bool:
    return bool(user_has_any_page_permission(request.user))
