"""The audit trail, for auditors and administrators: read only, filtered, in words."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from clinic.audit.models import AuditEvent
from clinic.audit.words import kind_of, tell, verbs, who


class EventFilterSet(WagtailFilterSet):
    verb = django_filters.ChoiceFilter(label=_("Event"), choices=verbs)
    actor_name = django_filters.CharFilter(label=_("Person"), lookup_expr="icontains")
    subject = django_filters.CharFilter(label=_("Reference"), method="filter_subject")
    occurred_at = django_filters.DateFromToRangeFilter(label=_("Time"), widget=DateRangePickerWidget)

    class Meta:
        model = AuditEvent
        fields: list[str] = []

    def filter_subject(self, events: QuerySet[AuditEvent], name: str, typed: str) -> QuerySet[AuditEvent]:
        return events.filter(subject__iexact="".join(typed.split()).replace("-", ""))


class EventIndexView(generic.IndexView):
    any_permission_required = ["view"]
    page_title = _("Audit trail")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            DateColumn("occurred_at", label=_("Time"), width="14%"),
            Column("who", label=_("Person"), accessor=who, width="18%"),
            Column("what", label=_("Event"), accessor=tell),
            Column("kind", label=_("Kind"), accessor=kind_of, width="14%"),
            Column("subject", label=_("Reference"), accessor="subject", classname="iyada-code", width="14%"),
        ]


class AuditViewSet(ModelViewSet):
    """Only a list: there is nothing to add, change or remove."""

    model = AuditEvent
    icon = "history"
    name = "audit"
    menu_label = _("Audit trail")
    menu_name = "audit"
    menu_order = 900
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = EventIndexView
    filterset_class = EventFilterSet
    list_per_page = 50
    search_fields: list[str] = []
    search_backend_name = None
    form_fields: list[str] = []

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        nowhere = dict.fromkeys(
            ("add_url_name", "edit_url_name", "delete_url_name", "history_url_name", "usage_url_name")
        )
        return super().get_common_view_kwargs(**nowhere, **kwargs)

    def register_admin_url_finder(self) -> None:
        """Events have no page of their own."""
