"""The website data in the back office: each key with its age, size and hits, and a button. For administrators."""

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

from home.website_data.callers import PERMISSION, Caller
from home.website_data.store import KEYS, standings
from home.website_data.views import rebuild_for


class WebsiteDataView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    template_name = "home/admin/website_data.html"
    page_title = _("Website data")
    header_icon = "code"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def user_has_permission(self, *args: Any) -> bool:
        return bool(self.request.user.has_perm(PERMISSION))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            return self.refuse(request)
        return super().dispatch(request, *args, **kwargs)

    def refuse(self, request: HttpRequest) -> HttpResponse:
        messages.error(request, gettext("Sorry, you do not have permission to access this area."))
        return redirect("wagtailadmin_home")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [{"standing": each, "minutes": int(KEYS[each.key].total_seconds() // 60)} for each in standings()]
        return super().get_context_data(rows=rows, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        entries = rebuild_for(Caller(user=request.user if request.user.is_authenticated else None))
        if all(entry.stamp for entry in entries):
            messages.success(request, gettext("The website data are rebuilt."))
        else:
            messages.warning(request, gettext("The cache does not answer. The data are made anew for each request."))
        return redirect("website_data")


class WebsiteDataItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSION))


def add_screen() -> list[URLPattern]:
    return [path("reports/website-data/", WebsiteDataView.as_view(), name="website_data")]


def list_screen() -> MenuItem:
    address = reverse("website_data")
    return WebsiteDataItem(_("Website data"), address, name="website-data", icon_name="code", order=900)
