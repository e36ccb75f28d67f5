"""The outbox, for staff: what waits, what left, and what needs a decision."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from clinic.accounts.models import User
from clinic.lib.references import from_typed, spoken
from clinic.messaging.actions import MessageSettled, discard_message, retry_message
from clinic.messaging.enums import STUCK
from clinic.messaging.models import Message
from clinic.messaging.registry import label_of
from clinic.messaging.views.columns import CodeColumn, DecisionColumn, MomentColumn, StatusColumn, look_of


def page_of(message: Message) -> str:
    return reverse("outbox:message", args=[message.reference])


class OutboxView(generic.IndexView):
    any_permission_required = ["view"]
    page_title = _("Outbox")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("kind", label=_("Message"), accessor=label_of, get_url=page_of, width="18%"),
            StatusColumn("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
            CodeColumn(
                "about",
                label=pgettext_lazy("what a message is about", "About"),
                accessor=lambda row: spoken(row.subject),
            ),
            CodeColumn("recipient", label=_("Recipient")),
            Column("channel", label=_("By"), accessor="get_channel_display"),
            Column("language", label=_("Language"), accessor="get_language_display"),
            MomentColumn("due_at", label=_("Due"), sort_key="due_at"),
            MomentColumn("sent_at", label=_("Sent"), sort_key="sent_at"),
            DecisionColumn("decision", label=_("Decision"), accessor="pk"),
        ]

    def search_queryset(self, queryset: QuerySet[Message]) -> QuerySet[Message]:
        if not self.is_searching:
            return queryset
        reference = from_typed(self.search_query)
        return queryset.filter(
            Q(reference=reference) | Q(subject=reference) | Q(recipient__icontains=self.search_query.strip())
        )


class MessageView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One message with everything that is known about its delivery."""

    model = Message
    permission_required = "view"
    template_name = "messaging/message.html"
    header_icon = "mail"

    @cached_property
    def message(self) -> Message:
        return get_object_or_404(Message, reference=self.kwargs["reference"])

    def get_page_title(self) -> str:
        return label_of(self.message)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("outbox:index"), "label": _("Outbox")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            message_row=self.message,
            about=spoken(self.message.subject),
            look=look_of(self.message),
            decides=self.message.status in STUCK and self.user_has_permission("change"),
            **kwargs,
        )


class DecisionView(PermissionCheckedMixin, View):
    """A decision about a stuck message; only by POST."""

    model = Message
    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        message = get_object_or_404(Message, reference=reference)
        if not request.user.is_authenticated:  # the mixin has seen to it; this tells the type checker
            raise PermissionDenied
        try:
            messages.success(request, self.decide(message, by=request.user))
        except MessageSettled:
            messages.warning(request, str(MessageSettled.message))
        return redirect(page_of(message) if request.user.has_perm("messaging.view_message") else "wagtailadmin_home")

    def decide(self, message: Message, *, by: User) -> str:
        """Carry the decision out and say so. Raises `MessageSettled`."""
        raise NotImplementedError


class RetryView(DecisionView):
    def decide(self, message: Message, *, by: User) -> str:
        retry_message(message=message, by=by)
        return str(_("The message is on its way again."))


class DiscardView(DecisionView):
    def decide(self, message: Message, *, by: User) -> str:
        discard_message(message=message, by=by)
        return str(_("The message is discarded and will not be sent."))
