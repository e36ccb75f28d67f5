"""One visit: everything about it, what the desk can do with it, and what happened to it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.permissions import policy_registry

from clinic.desk.approvals import line_of
from clinic.desk.forms.changes import CancelForm, StepForm
from clinic.desk.history import story_of
from clinic.desk.queries import patients_for
from clinic.desk.rows import local
from clinic.desk.status import STEPS
from clinic.desk.undoing import say_done
from clinic.desk.views.reach import DeskView
from clinic.lib import clock
from clinic.patients.models import Patient
from clinic.scheduling.actions import ChangeRefused, cancel_appointment, change_status
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment
from clinic.scheduling.rules import can_move, objection

REASONS = (
    gettext_lazy("The patient called to cancel"),
    gettext_lazy("The patient is ill"),
    gettext_lazy("The practitioner is not available"),
    gettext_lazy("Booked by mistake"),
)


class VisitView(DeskView, TemplateView):
    template_name = "desk/visit.html"
    page_title = gettext_lazy("Appointment")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = {"url": reverse("desk:index"), "label": _("Appointments")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.visit.spoken_reference}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.visit = self.get_visit(kwargs["reference"])
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, *, form: CancelForm | None = None, **kwargs: Any) -> dict[str, Any]:
        visit = self.visit
        starts, ends = local(visit)
        now = clock.now()
        may_change = self.may("change")
        is_request = visit.status == AppointmentStatus.PENDING
        return super().get_context_data(
            visit=visit,
            starts=starts,
            ends=ends,
            day=starts.date(),
            is_today=starts.date() == now.astimezone(starts.tzinfo).date(),
            steps=[step for step in STEPS[visit.status] if may_change and not objection(visit, step.status, now=now)],
            request_line=line_of(visit, now=now) if may_change and is_request else None,
            cancel=(form or CancelForm(initial={"revision": visit.revision}))
            if may_change and not is_request and not objection(visit, AppointmentStatus.CANCELLED, now=now)
            else None,
            may_move=may_change and can_move(visit, now),
            reasons=REASONS,
            history=story_of(visit),
            may_see_patient=patients_for(self.request.user).filter(pk=visit.patient_id).exists(),
            may_edit_patient=policy_registry.get_by_type(Patient).user_has_permission(self.request.user, "change"),
            may_book=self.may("add"),
            **kwargs,
        )


class ChangeView(DeskView, View):
    """POST only. Compare and swap: what somebody else changed meanwhile is told, never overwritten."""

    permission_required = "change"
    http_method_names = ["post"]

    def change(self, visit: Appointment, *, revision: int, done: str, work: Callable[[], Any]) -> HttpResponseRedirect:
        """Do `work` on the state that the person saw, and say how it went."""
        visit.revision = revision
        try:
            work()
        except ChangeRefused as refusal:
            self.explain(visit, refusal)
        else:
            say_done(self.request, done)
        # Not `redirect`, which takes "x" for the name of a route and stumbles.
        return HttpResponseRedirect(
            get_valid_next_url_from_request(self.request) or reverse("desk:visit", args=[visit.reference])
        )

    def explain(self, visit: Appointment, refusal: ChangeRefused) -> None:
        if refusal.code != "changed":
            messages.error(self.request, str(refusal.message))
            return
        visit.refresh_from_db()
        now = _("Somebody else has changed this appointment meanwhile. It is now: %(status)s. Nothing was changed.")
        messages.warning(self.request, now % {"status": visit.get_status_display()})


class StepView(ChangeView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = self.get_visit(kwargs["reference"], "change")
        form = StepForm(request.POST)
        if not form.is_valid():
            raise PermissionDenied
        status = AppointmentStatus(form.cleaned_data["status"])
        return self.change(
            visit,
            revision=form.cleaned_data["revision"],
            done=_("%(name)s: %(status)s.") % {"name": visit.contact_name, "status": status.label},
            work=lambda: self.step(visit, status),
        )

    def step(self, visit: Appointment, status: AppointmentStatus) -> None:
        current = change_status(appointment=visit, status=status, by=self.request.user)
        if status == AppointmentStatus.ARRIVED and current.token:
            said = _("The number of %(name)s is %(number)s.")
            messages.info(self.request, said % {"name": current.contact_name, "number": current.token})


class CancelView(ChangeView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = self.get_visit(kwargs["reference"], "change")
        form = CancelForm(request.POST)
        if not form.is_valid():
            page = VisitView()
            page.setup(request, *args, **kwargs)
            page.visit = visit
            return page.render_to_response(page.get_context_data(form=form), status=422)
        reason = form.cleaned_data["reason"]
        return self.change(
            visit,
            revision=form.cleaned_data["revision"],
            done=_("The appointment of %(name)s is cancelled.") % {"name": visit.contact_name},
            work=lambda: self.cancel(visit, reason),
        )

    @transaction.atomic
    def cancel(self, visit: Appointment, reason: str) -> None:
        """Cancel only what the person saw: the row is kept as it is while its revision is compared."""
        seen = Appointment.objects.select_for_update().filter(pk=visit.pk, revision=visit.revision)
        if not seen.values_list("pk", flat=True):
            raise ChangeRefused("changed")
        cancel_appointment(appointment=visit, by=self.request.user, reason=reason)
