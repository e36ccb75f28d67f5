"""Screens of the back office about the site as a whole."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, View
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from home.editors.emergency import announce_emergency, live_emergencies, take_down
from home.editors.forms import EmergencyForm
from home.editors.policies import languages_of
from home.models import Announcement


def may_announce(user: Any) -> bool:
    """Whether `user` may put a banner on the site in at least one language."""
    return bool(policy_registry.get_by_type(Announcement).user_has_permission(user, "publish") and languages_of(user))


class AnnouncersOnly:
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_announce(request.user):
            raise PermissionDenied
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class EmergencyView(AnnouncersOnly, WagtailAdminTemplateMixin, FormView):
    """Write an emergency banner, see it on the site at once, and take it down again."""

    form_class = EmergencyForm
    template_name = "home/admin/emergency.html"
    page_title = gettext_lazy("Emergency banner")
    header_icon = "warning"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "languages": languages_of(self.request.user)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "banners": live_emergencies(self.request.user)}

    def form_valid(self, form: EmergencyForm) -> HttpResponse:
        announce_emergency(
            messages=form.messages, phone=form.cleaned_data["phone"], ends=form.ends, by=self.request.user
        )
        messages.success(self.request, _("The emergency banner is on every page now."))
        return HttpResponseRedirect(reverse("emergency"))


class TakeDownView(AnnouncersOnly, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        banner = get_object_or_404(live_emergencies(request.user), pk=pk)
        count = take_down(banner=banner, by=request.user)
        words = ngettext("%(count)d banner has been taken down.", "%(count)d banners have been taken down.", count)
        messages.success(request, words % {"count": count})
        return HttpResponseRedirect(reverse("emergency"))
