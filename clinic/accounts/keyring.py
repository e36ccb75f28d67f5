"""Keys of programs in the back office: a list, a form, and a secret that is shown once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminDateTimeInput

from clinic.accounts.enums import Scope
from clinic.accounts.keys import make_key, revoke_key
from clinic.accounts.models import ApiKey
from clinic.lib import clock


class KeyForm(WagtailAdminModelForm):
    scopes = forms.MultipleChoiceField(choices=Scope.choices, widget=forms.CheckboxSelectMultiple, label=_("May do"))

    class Meta:
        model = ApiKey
        fields = ["name", "scopes", "expires_at"]
        widgets = {"expires_at": AdminDateTimeInput}

    def clean_expires_at(self) -> Any:
        moment = self.cleaned_data["expires_at"]
        if moment and moment <= clock.now():
            raise forms.ValidationError(gettext("Choose a moment that is still to come."))
        return moment


def state_of(key: ApiKey) -> str:
    if key.revoked_at:
        return gettext("Revoked")
    return gettext("Works") if key.works else gettext("Expired")


class KeyIndexView(generic.IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        return [
            Column("name", label=_("Name")),
            Column("prefix", label=_("Prefix"), classname="iyada-code"),
            Column("state", label=_("State"), accessor=state_of),
            DateColumn("created_at", label=_("Created")),
            DateColumn("expires_at", label=_("Expires")),
            DateColumn("last_used_at", label=_("Last used")),
            RevokeColumn("revoke", label=""),
        ]


class RevokeColumn(Column):
    cell_template_name = "accounts/revoke_cell.html"

    def get_value(self, instance: ApiKey) -> str:
        return reverse("api_keys:revoke", args=[instance.pk]) if instance.works else ""


class KeyCreateView(generic.CreateView):
    def form_valid(self, form: Any) -> HttpResponse:
        data = form.cleaned_data
        key, text = make_key(
            name=data["name"],
            scopes=[Scope(scope) for scope in data["scopes"]],
            expires_at=data["expires_at"],
            by=self.request.user,
        )
        # Not by way of a message: that would be kept in the session.
        answer = render(self.request, "accounts/new_key.html", {"key": key, "text": text, "header_icon": "key"})
        answer["Cache-Control"] = "no-store"
        return answer


class RevokeView(generic.PermissionCheckedMixin, generic.WagtailAdminTemplateMixin, TemplateView):
    """Asks, and on POST revokes a key for good."""

    model = ApiKey
    permission_required = "change"
    template_name = "accounts/revoke_key.html"
    page_title = _("Revoke this key")
    header_icon = "key"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(key=get_object_or_404(ApiKey, pk=self.kwargs["pk"]), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = get_object_or_404(ApiKey, pk=self.kwargs["pk"])
        revoke_key(key=key, by=request.user if request.user.is_authenticated else None)
        messages.success(request, gettext("“%(name)s” is revoked.") % {"name": key})
        return redirect(reverse("api_keys:index"))


class KeyViewSet(ModelViewSet):
    """Keys are made and revoked, never changed or deleted: the audit trail names them."""

    model = ApiKey
    icon = "key"
    name = "api_keys"
    url_prefix = "api-keys"
    menu_label = _("API keys")
    menu_name = "api-keys"
    menu_order = 650
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = KeyIndexView
    add_view_class = KeyCreateView
    search_fields: list[str] = []
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type[KeyForm]:
        return KeyForm

    def get_urlpatterns(self) -> list[URLPattern]:
        revoke = self.construct_view(RevokeView)
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("<int:pk>/revoke/", revoke, name="revoke"),
        ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        nowhere = dict.fromkeys(("edit_url_name", "delete_url_name", "history_url_name", "usage_url_name"))
        return super().get_common_view_kwargs(**nowhere, **kwargs)

    def register_admin_url_finder(self) -> None:
        """A key has no page of its own."""
