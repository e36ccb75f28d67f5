"""Special hours, such as those of Ramadan: which visits they leave no room for, before anything is saved."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from clinic.audit.models import AuditEvent
from clinic.desk.forms.hours import HoursForm, seen_in, seen_value
from clinic.desk.rows import local
from clinic.desk.views.reach import DeskView
from clinic.directory.models import HoursTemplate, Location
from clinic.lib import clock
from clinic.scheduling.actions import HoursRefused, delete_template, save_template
from clinic.scheduling.models import Appointment
from clinic.scheduling.outside import outside_of, outside_of_draft, outside_without

PAGE = 50


class HoursDesk(DeskView):
    model = HoursTemplate
    page_title = gettext_lazy("Special hours")
    header_icon = "history"

    def get_template(self) -> HoursTemplate:
        known = HoursTemplate.objects.select_related("location")
        template = known.filter(pk=self.kwargs["number"]).first()
        if template is None:
            raise Http404
        return template

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse("desk_hours:index"), "label": _("Special hours")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.get_page_title()}]


def rows_of(visits: Sequence[Appointment]) -> list[dict[str, Any]]:
    """Each visit on the wall clock of its location, and what its form sends to say that it was seen."""
    rows = []
    for visit in visits:
        starts, ends = local(visit)
        rows.append({"visit": visit, "starts": starts, "ends": ends, "seen": seen_value(visit)})
    return rows


class HoursListView(HoursDesk, TemplateView):
    template_name = "desk/hours.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = clock.now()
        known = HoursTemplate.objects.select_related("location").annotate(people=Count("uses"))
        page = Paginator(known.order_by("-first_day", "pk"), PAGE).get_page(self.request.GET.get("p"))
        rows = [
            {"template": row, "is_over": row.last_day < clock.local_day(now, row.location.time_zone)} for row in page
        ]
        return super().get_context_data(
            rows=rows,
            page=page,
            locations=Location.objects.filter(is_active=True),
            may_add=self.may("add"),
            **kwargs,
        )


class TypedHours(HoursDesk, TemplateView):
    """The form, with the visits that what was typed leaves no room for."""

    template_name = "desk/hours_form.html"

    def start(self) -> HoursTemplate:
        """What the form is about."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.template = self.start()
        return self.show(HoursForm(instance=self.template))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.template = self.start()
        if self.template.pk and not self.may("change"):
            raise Http404
        form = HoursForm(request.POST, instance=self.template)
        if not form.is_valid() or form.draft is None:
            return self.show(form, status=422)
        if request.POST.get("do") != "save":
            return self.show(form, outside=outside_of_draft(form.draft, now=clock.now()))
        try:
            saved = save_template(draft=form.draft, seen=seen_in(request.POST), by=self.request.user)
        except HoursRefused as refusal:
            return self.show(
                form, outside=outside_of_draft(form.draft, now=clock.now()), fault=refusal.message, status=409
            )
        messages.success(request, _("Saved. Free times follow these hours from now on."))
        return redirect("desk_hours:one", saved.pk)

    def show(
        self, form: HoursForm, *, outside: Sequence[Appointment] | None = None, fault: object = "", status: int = 200
    ) -> HttpResponse:
        context = self.get_context_data(
            form=form,
            template=self.template,
            location=self.template.location,
            looked=outside is not None,
            outside=rows_of(outside or ()),
            fault=fault,
            may_save=self.may("change" if self.template.pk else "add"),
        )
        return self.render_to_response(context, status=status)


class NewHoursView(TypedHours):
    permission_required = "add"
    page_title = gettext_lazy("New special hours")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hours are of a location: without one, the list has a button for each."""
        return super().get(request, *args, **kwargs) if self.location else redirect("desk_hours:index")

    @cached_property
    def location(self) -> Location | None:
        return Location.objects.filter(slug=self.request.GET.get("location", "")).first()

    def start(self) -> HoursTemplate:
        if self.location is None:
            raise Http404
        return HoursTemplate(location=self.location)


class HoursView(TypedHours):
    """One template: its form, and what is left to work off."""

    def start(self) -> HoursTemplate:
        return self.get_template()

    def get_page_title(self) -> str:
        return self.template.name if hasattr(self, "template") else str(super().get_page_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        saved = self.get_template()
        subject = {"subject_type": "hourstemplate", "subject": str(saved.pk)}
        return super().get_context_data(
            left=rows_of(outside_of(saved, now=clock.now())) if not kwargs["looked"] else [],
            history=AuditEvent.objects.filter(**subject).order_by("-pk"),
            may_delete=self.may("delete"),
            zone=ZoneInfo(saved.location.time_zone),
            **kwargs,
        )


class DeleteHoursView(HoursDesk, TemplateView):
    """Asks before it deletes, and shows whose visits the usual hours leave no room for."""

    permission_required = "delete"
    template_name = "desk/hours_delete.html"
    page_title = gettext_lazy("Delete special hours")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.get_template())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        template = self.get_template()
        try:
            delete_template(template=template, seen=seen_in(request.POST), by=self.request.user)
        except HoursRefused as refusal:
            return self.show(template, fault=refusal.message, status=409)
        messages.success(request, _("Deleted. The usual hours apply again."))
        return redirect("desk_hours:index")

    def show(self, template: HoursTemplate, *, fault: object = "", status: int = 200) -> HttpResponse:
        outside = rows_of(outside_without(template, now=clock.now()))
        context = self.get_context_data(template=template, outside=outside, fault=fault)
        return self.render_to_response(context, status=status)
