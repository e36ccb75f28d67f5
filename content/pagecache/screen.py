"""The page cache in the back office: how it does, and two buttons. For administrators."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin

from clinic.audit.actions import record_event
from content.pagecache import tasks, versions
from content.pagecache.link import LinkFault
from content.pagecache.state import State, read_state
from content.pagecache.words import FAULTS

PERMISSION = "pagecache.manage_page_cache"


class PageCacheView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    template_name = "pagecache/screen.html"
    page_title = _("Page cache")
    header_icon = "resubmit"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def user_has_permission(self, *args: Any) -> bool:
        return bool(self.request.user.has_perm(PERMISSION))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            messages.error(request, gettext("Sorry, you do not have permission to access this area."))
            return redirect("wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**described(), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        emptying = request.POST.get("action") == "empty"
        if not emptying and request.POST.get("action") != "warm":
            messages.error(request, gettext("There is no such button here."))
            return redirect("page_cache")
        try:
            if emptying:
                versions.flush()
        except LinkFault:
            messages.error(request, gettext("The cache does not answer, so nothing was done."))
            return redirect("page_cache")
        sent = tasks.warm_pages.delay()
        verb = "pagecache.emptied" if emptying else "pagecache.warmed"
        subject = str(request.user.pk)
        by = request.user if request.user.is_authenticated else None
        record_event(verb, subject_type="user", subject=subject, by=by)
        if sent is None:
            messages.warning(request, gettext("The background worker cannot be reached; it warms the pages later."))
        elif emptying:
            messages.success(request, gettext("The page cache is empty, and is being warmed."))
        else:
            messages.success(request, gettext("The pages are being warmed."))
        return redirect("page_cache")


def described() -> dict[str, Any]:
    """The state for the template; `state` is None while the cache does not answer."""
    try:
        state = read_state()
    except LinkFault:
        return {"state": None}
    return {
        "state": state,
        "share": round(100 * (state.hits + state.stale) / state.answers) if state.answers else None,
        "faults": [(FAULTS.get(doing, doing), number) for doing, number in sorted(state.faults.items())],
        "warming_ended": moment(state.warming.ended),
        "is_warming": is_warming(state),
    }


def is_warming(state: State) -> bool:
    return state.warming.begun > 0 and not state.warming.ended


def moment(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


class PageCacheItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSION))


def add_screen() -> list[URLPattern]:
    return [path("reports/page-cache/", PageCacheView.as_view(), name="page_cache")]


def list_screen() -> MenuItem:
    return PageCacheItem(_("Page cache"), reverse("page_cache"), name="page-cache", icon_name="resubmit", order=910)
