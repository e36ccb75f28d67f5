"""Where the outbox and the kept mail stand in the back office."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from clinic.messaging.filters import MessageFilterSet
from clinic.messaging.models import Message
from clinic.messaging.sentmail import mail_is_kept
from clinic.messaging.views import outbox, sent


class OutboxViewSet(ModelViewSet):
    """A list, a page for each message, two decisions. Nothing is added, edited or removed by hand."""

    model = Message
    name = "outbox"
    icon = "mail"
    menu_label = _("Outbox")
    menu_name = "outbox"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True  # Wagtail offers the "view" permission to groups only then
    index_view_class = outbox.OutboxView
    filterset_class = MessageFilterSet
    list_per_page = 50
    search_fields = ["reference"]
    search_backend_name = None
    form_fields: list[str] = []

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<slug:reference>/", self.construct_view(outbox.MessageView), name="message"),
            path("<slug:reference>/retry/", self.construct_view(outbox.RetryView), name="retry"),
            path("<slug:reference>/discard/", self.construct_view(outbox.DiscardView), name="discard"),
        ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = ("add", "edit", "delete", "history", "usage", "inspect")
        nowhere = dict.fromkeys(f"{name}_url_name" for name in names)
        return {**super().get_common_view_kwargs(**kwargs), **nowhere}

    def register_admin_url_finder(self) -> None:
        """A message is not edited, so nothing links to where it would be."""


class SentMailMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return mail_is_kept() and request.user.has_perm(sent.PERMISSION)


class SentMailViewSet(ViewSet):
    name = "sent_mail"
    url_prefix = "sent-mail"
    icon = "mail"
    menu_label = _("Sent mail")
    menu_name = "sent_mail"
    menu_item_class = SentMailMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", sent.SentMailListView.as_view(), name="index"),
            path("<slug:name>/", sent.SentMailView.as_view(), name="mail"),
            path("<slug:name>/<int:number>/", sent.EnclosureView.as_view(), name="enclosure"),
        ]


class MessagesGroup(ViewSetGroup):
    menu_label = _("Messages")
    menu_name = "messages"
    menu_icon = "mail"
    menu_order = 800
    items = (OutboxViewSet, SentMailViewSet)
