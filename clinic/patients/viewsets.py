"""Patients for reception: a list with search, and their identity. No choosers, copies, usage or deletion."""

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from clinic.audit.views import RecordingCreateView, RecordingEditView
from clinic.lib.phone import for_reading
from clinic.patients.forms import PatientForm
from clinic.patients.models import Patient
from clinic.patients.queries import find_patients


def patients_of(user: Any) -> QuerySet[Patient]:
    """The patients that `user` may see, by the one policy of the model."""
    rows: QuerySet[Patient] = policy_registry.get_by_type(Patient).instances_user_has_any_permission_for(user, ["view"])
    return rows


class PatientIndexView(generic.IndexView):
    any_permission_required = ["view"]
    is_searchable = True

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("name", label=_("Name"), accessor="name", get_url=self.get_page_url),
            Column("file_number", label=_("File"), accessor="file_number", classname="iyada-code", width="10%"),
            Column("phone", label=_("Phone"), accessor=lambda row: for_reading(row.phone), classname="iyada-code"),
            Column("birth_date", label=_("Date of birth"), accessor="birth_date"),
            Column("origin", label=_("Origin"), accessor="get_origin_display"),
        ]

    def get_page_url(self, patient: Patient) -> str:
        return reverse("desk_patients:patient", args=[patient.reference])

    def get_base_queryset(self) -> QuerySet[Patient]:
        return patients_of(self.request.user).order_by("pk")

    def search_queryset(self, queryset: QuerySet[Patient]) -> QuerySet[Patient]:
        return find_patients(self.search_query, among=queryset)


class PatientCreateView(RecordingCreateView):
    def get_success_url(self) -> str:
        return reverse("desk_patients:patient", args=[self.object.reference])


class PatientEditView(RecordingEditView):
    def get_queryset(self) -> QuerySet[Patient]:
        return patients_of(self.request.user)

    def get_success_url(self) -> str:
        return reverse("desk_patients:patient", args=[self.object.reference])


class PatientViewSet(ModelViewSet):
    model = Patient
    name = "patients"
    icon = "user"
    menu_order = 60
    menu_label = _("Patients")
    menu_name = "patients"
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = PatientIndexView
    add_view_class = PatientCreateView
    edit_view_class = PatientEditView
    list_per_page = 50
    form_class = PatientForm

    def get_form_class(self, for_update: bool = False) -> type[PatientForm]:
        return PatientForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        nowhere = dict.fromkeys(("delete_url_name", "history_url_name", "usage_url_name"))
        return super().get_common_view_kwargs(**nowhere, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
        ]
