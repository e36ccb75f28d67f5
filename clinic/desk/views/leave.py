"""Leave, closures and maintenance: who is affected, before anything is saved, and what is left to work off."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View

from clinic.audit.models import AuditEvent
from clinic.desk.forms.leave import AbsenceForm, ChoicesReader, SickForm, zone_of
from clinic.desk.leave import rows_to_decide
from clinic.desk.views.booking import read_day
from clinic.desk.views.reach import DeskView
from clinic.lib import clock
from clinic.lib.references import is_reference
from clinic.scheduling.absences import affected_by, to_work_off, work_left
from clinic.scheduling.actions import AbsenceRefused, report_sick, settle_visits, take_absence, withdraw_absence
from clinic.scheduling.enums import Decision
from clinic.scheduling.models import Absence, AffectedVisit

PAGE = 50
SHOWN = ("patient", "practitioner", "service", "location")


class AbsenceDesk(DeskView):
    model = Absence
    page_title = gettext_lazy("Leave and closures")
    header_icon = "calendar-alt"

    def get_absence(self) -> Absence:
        reference = self.kwargs["reference"]
        known = Absence.objects.select_related("resource", "location")
        absence = known.filter(reference=reference).first() if is_reference(reference) else None
        if absence is None:
            raise Http404
        return absence

    def way(self, title: str) -> list[dict[str, Any]]:
        index = {"url": reverse("desk_leave:index"), "label": _("Leave and closures")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": title}]


def wall(absence: Absence) -> tuple[datetime, datetime, bool]:
    """Begin and end on the wall clock of the absence, and whether it is whole days; then the end is its last day."""
    zone = ZoneInfo(absence.time_zone)
    begins, ends = absence.during.lower.astimezone(zone), absence.during.upper.astimezone(zone)
    first, last = begins.date(), (absence.during.upper - datetime.resolution).astimezone(zone).date()
    whole = absence.during.lower == clock.day_bounds(first, absence.time_zone)[0]
    whole = whole and absence.during.upper == clock.day_bounds(last, absence.time_zone)[1]
    return begins, datetime.combine(last, ends.timetz()), whole


class LeaveListView(AbsenceDesk, TemplateView):
    template_name = "desk/leave.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = clock.now()
        known = Absence.objects.filter(withdrawn_at__isnull=True, during__endswith__gt=now)
        rows = known.select_related("resource", "location").order_by("during", "pk")
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("p"))
        left = work_left(list(page), now=now)
        return super().get_context_data(
            rows=[{"absence": row, "wall": wall(row), "left": left.get(row.pk, 0)} for row in page],
            page=page,
            sick=SickForm(),
            may_add=self.may("add"),
            may_import=self.request.user.has_perm("directory.add_closure"),
            **kwargs,
        )


class NewLeaveView(AbsenceDesk, TemplateView):
    permission_required = "add"
    template_name = "desk/leave_new.html"
    page_title = gettext_lazy("New leave or closure")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.way(str(self.get_page_title()))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        day = read_day(request.GET.get("day"))
        return self.show(
            AbsenceForm(
                initial={
                    "what": request.GET.get("what", ""),
                    "first_day": day,
                    "note": request.GET.get("note", "")[:200],
                }
            )
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AbsenceForm(request.POST)
        if not form.is_valid() or form.absence is None:
            return self.show(form, status=422)
        sent = ChoicesReader(request.POST)
        if request.POST.get("do") != "save":
            return self.show(form, absence=form.absence, sent=sent)
        visits = affected_by(form.absence, now=clock.now()).select_related(*SHOWN)
        try:
            entered = take_absence(
                absence=form.absence,
                choices=sent.choices(list(visits)),
                by=self.request.user,
                name_en=form.cleaned_data["name_en"],
                name_ar=form.cleaned_data["name_ar"],
            )
        except AbsenceRefused as refusal:
            return self.show(form, absence=form.absence, sent=sent, refusal=refusal, status=409)
        messages.success(request, _("Saved. %(name)s cannot be booked at this time any more.") % {"name": entered.name})
        return redirect("desk_leave:absence", entered.reference)

    def show(
        self,
        form: AbsenceForm,
        *,
        absence: Absence | None = None,
        sent: ChoicesReader | None = None,
        refusal: AbsenceRefused | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """The form; with an `absence` also whom it affects. For each visit the nearest equal time is proposed."""
        rows = None
        if absence:
            now = clock.now()
            visits = list(affected_by(absence, now=now).select_related(*SHOWN))
            rows = rows_to_decide(absence, visits, now=now, usual=Decision.MOVED, sent=sent, faults=faults_of(refusal))
        context = self.get_context_data(
            form=form,
            absence=absence,
            wall=wall(absence) if absence else None,
            rows=rows,
            count=len(rows or ()),
            fault=refusal.message if refusal else "",
        )
        return self.render_to_response(context, status=status)


def faults_of(refusal: AbsenceRefused | None) -> dict[int, Any]:
    if refusal is None:
        return {}
    why = refusal.why or _("This visit is new, or has changed. Please look at it.")
    return dict.fromkeys(refusal.visits, why)


class SickView(AbsenceDesk, View):
    """At once: nobody is booked any more today, and the list of the visits is there to work off."""

    permission_required = "add"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SickForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Choose who is sick."))
            return redirect("desk_leave:index")
        practitioner = form.cleaned_data["practitioner"]
        try:
            absence = report_sick(
                practitioner=practitioner, zone=zone_of(practitioner.resource_ptr, None), by=self.request.user
            )
        except AbsenceRefused as refusal:
            messages.error(request, str(refusal.message))
            return redirect("desk_leave:index")
        messages.success(
            request, _("%(name)s is not booked any more today. Please work off the list.") % {"name": absence.name}
        )
        return redirect("desk_leave:absence", absence.reference)


class LeaveView(AbsenceDesk, TemplateView):
    """One absence: the visits that are left to work off, and what was decided about the others."""

    template_name = "desk/leave_one.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.way(self.absence.name)

    def get_page_title(self) -> str:
        return self.absence.name

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.absence = self.get_absence()
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.absence = self.get_absence()
        if not self.may("change"):
            raise Http404
        sent = ChoicesReader(request.POST)
        visits = list(to_work_off(self.absence, now=clock.now()).select_related(*SHOWN))
        choices = sent.choices(visits, only=request.POST.get("only", ""))
        try:
            settle_visits(absence=self.absence, choices=choices, by=self.request.user)
        except AbsenceRefused as refusal:
            context = self.get_context_data(sent=sent, refusal=refusal)
            return self.render_to_response(context, status=409)
        done = ngettext("%(count)d visit was dealt with.", "%(count)d visits were dealt with.", len(choices))
        messages.success(request, done % {"count": len(choices)})
        return redirect("desk_leave:absence", self.absence.reference)

    def get_context_data(
        self, *, sent: ChoicesReader | None = None, refusal: AbsenceRefused | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        now = clock.now()
        absence = self.absence
        left = list(to_work_off(absence, now=now).select_related(*SHOWN))
        rows = rows_to_decide(absence, left, now=now, usual=Decision.CALL, sent=sent, faults=faults_of(refusal))
        decided = AffectedVisit.objects.filter(absence=absence).order_by("appointment__starts_at", "pk")
        asked = decided.filter(decision=Decision.ASKED, appointment__in=left)
        return super().get_context_data(
            absence=absence,
            wall=wall(absence),
            rows=rows,
            asked=set(asked.values_list("appointment", flat=True)),
            done=decided.exclude(appointment__in=left).select_related(
                "appointment__patient", "appointment__practitioner", "appointment__location"
            ),
            history=AuditEvent.objects.filter(subject_type="absence", subject=absence.reference).order_by("-pk"),
            fault=refusal.message if refusal else "",
            may_change=self.may("change"),
            is_over=absence.during.upper <= now,
            **kwargs,
        )


class WithdrawView(AbsenceDesk, View):
    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        absence = self.get_absence()
        try:
            withdraw_absence(absence=absence, by=self.request.user)
        except AbsenceRefused as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("Withdrawn. The time can be booked again; visits that moved stay moved."))
        return redirect("desk_leave:absence", absence.reference)
