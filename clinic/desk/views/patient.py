"""A patient's page for reception: identity and visits, nothing clinical."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.permissions import policy_registry

from clinic.desk.queries import patients_for, visits_for, with_details
from clinic.desk.rows import by_day
from clinic.desk.views.reach import DeskView
from clinic.lib import clock
from clinic.patients.matching import matches_of
from clinic.patients.models import Patient
from clinic.patients.queries import known_by
from clinic.scheduling.models import Appointment

VISITS_AT_MOST = 50


class PatientView(DeskView, TemplateView):
    model = Patient
    template_name = "desk/patient.html"
    page_title = gettext_lazy("Patient")
    header_icon = "user"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = {"url": reverse("patients:index"), "label": _("Patients")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.patient.name}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        patient = known_by(kwargs["reference"], among=patients_for(request.user))
        if patient is None:
            raise Http404
        if patient.reference != kwargs["reference"]:
            # Merged into another one: old links lead there.
            return HttpResponseRedirect(reverse("desk_patients:patient", args=[patient.reference]))
        self.patient = patient
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        patient = self.patient
        may_merge = self.may("merge")
        now = clock.now()
        visits = with_details(visits_for(self.request.user).filter(patient=patient))
        coming = visits.filter(ends_at__gte=now).order_by("starts_at", "pk")[:VISITS_AT_MOST]
        past = visits.filter(ends_at__lt=now).order_by("-starts_at", "pk")[:VISITS_AT_MOST]
        appointments = policy_registry.get_by_type(Appointment)
        return super().get_context_data(
            patient=patient,
            coming=by_day(coming, now=now, may_change=False),
            past=by_day(past, now=now, may_change=False),
            may_edit=self.may("change"),
            may_merge=may_merge,
            matches=matches_of(patient, among=patients_for(self.request.user)) if may_merge else [],
            merges=patient.merges.filter(undone_at=None).select_related("merged", "done_by"),
            may_book=appointments.user_has_permission(self.request.user, "add"),
            **kwargs,
        )
