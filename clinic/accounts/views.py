"""What Wagtail's administration of users lacks."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin

from clinic.accounts.actions import end_sessions
from clinic.accounts.models import User
from clinic.accounts.queries import people_within_rank


class SignOutView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Asks, and on POST signs a person out on every device."""

    model = User
    permission_required = "change"
    template_name = "accounts/sign_out.html"
    page_title = _("Sign out everywhere")
    header_icon = "logout"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.get_person(), **kwargs)

    def get_person(self) -> User:
        return get_object_or_404(people_within_rank(self.request.user), pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseRedirect:
        person = self.get_person()
        end_sessions(user=person, by=request.user if request.user.is_authenticated else None)
        messages.success(request, _("“%(name)s” is signed out on every device.") % {"name": person})
        return redirect(reverse("wagtailusers_users:index"))


def show_lockout(request: HttpRequest, response: HttpResponse | None, credentials: object) -> HttpResponse:
    """What django-axes answers after too many wrong passwords, instead of letting anybody in."""
    return render(request, "accounts/locked.html", status=429)
