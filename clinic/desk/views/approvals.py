"""Requests of visitors: the list of what waits for an answer, and the two answers."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from clinic.desk.approvals import form_for, lines_of, requests_for
from clinic.desk.forms.changes import ApproveForm, RefuseForm
from clinic.desk.queries import with_details
from clinic.desk.views.reach import DeskView
from clinic.desk.views.visit import ChangeView
from clinic.lib import clock
from clinic.scheduling.actions import approve_appointment, refuse_appointment

PAGE = 60


class ApprovalsView(DeskView, TemplateView):
    permission_required = "change"
    template_name = "desk/approvals.html"
    page_title = gettext_lazy("To approve")
    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = {"url": reverse("desk:index"), "label": _("Appointments")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, *, refused: RefuseForm | None = None, **kwargs: Any) -> dict[str, Any]:
        now = clock.now()
        page = Paginator(with_details(requests_for(self.request.user, now=now)), PAGE).get_page(
            self.request.GET.get("p")
        )
        return super().get_context_data(page=page, lines=lines_of(page, now=now, refused=refused), **kwargs)


class ApproveView(ChangeView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = self.get_visit(kwargs["reference"], "change")
        form = ApproveForm(request.POST, prefix=visit.reference)
        if not form.is_valid():
            raise PermissionDenied
        return self.change(
            visit,
            revision=form.cleaned_data["revision"],
            done=_("The appointment of %(name)s is booked.") % {"name": visit.contact_name},
            work=lambda: approve_appointment(appointment=visit, by=self.request.user),
        )


class RefuseView(ChangeView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = self.get_visit(kwargs["reference"], "change")
        form = form_for(visit, request.POST)
        if not form.is_valid():
            page = ApprovalsView()
            page.setup(request)
            return page.render_to_response(page.get_context_data(refused=form), status=422)
        reason = form.cleaned_data["reason"]
        return self.change(
            visit,
            revision=form.cleaned_data["revision"],
            done=_("The request of %(name)s is refused.") % {"name": visit.contact_name},
            work=lambda: refuse_appointment(appointment=visit, reason=reason, by=self.request.user),
        )
