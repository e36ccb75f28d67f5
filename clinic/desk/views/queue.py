"""The day's queue: who is expected, waits, is called, is being seen and was; and what a desk does with it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.permissions import policy_registry

from clinic.desk.forms.queue import AgainForm, LateForm, LineForm, NextForm, QueueFilter
from clinic.desk.queries import visits_for
from clinic.desk.queue import may_lead, places_of, queue_of, wall_clock
from clinic.desk.undoing import say_done
from clinic.desk.views.reach import DeskView
from clinic.lib import clock
from clinic.scheduling.actions import ChangeRefused, call_again, call_next, tell_lateness
from clinic.scheduling.models import Appointment, WaitingScreen


class QueueView(DeskView, TemplateView):
    """`?part=board` is the queue alone, which the page's script asks for again and again."""

    page_title = gettext_lazy("Today's queue")
    header_icon = "list-ol"

    def get_template_names(self) -> list[str]:
        return ["desk/queue_board.html" if self.request.GET.get("part") == "board" else "desk/queue.html"]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = {"url": reverse("desk:index"), "label": _("Appointments")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = clock.now()
        user = self.request.user
        locations = places_of(user, now=now)
        chosen = QueueFilter(self.request.GET, locations=locations)
        visits = visits_for(user)
        if practitioner := chosen.value("practitioner"):
            visits = visits.filter(practitioner=practitioner)
        place = chosen.place
        may_change = self.may("change")
        wanted = {"location": place.pk} if place else {}
        if practitioner:
            wanted["practitioner"] = practitioner.pk
        here = f"{reverse('desk:queue')}?{urlencode(wanted)}"
        return super().get_context_data(
            filter=chosen,
            place=place,
            several_locations=len(locations) > 1,
            now=wall_clock(place, now) if place else now,
            queue=queue_of(visits, location=place, now=now, user=user, may_change=may_change) if place else None,
            here=here,
            board=f"{here}&part=board",
            may_open_screens=policy_registry.get_by_type(WaitingScreen).user_has_permission(user, "change"),
            **kwargs,
        )


class QueueChangeView(DeskView, View):
    """POST only. Says how it went, and leads back to the queue."""

    permission_required = "change"
    http_method_names = ["post"]

    def back(self) -> HttpResponseRedirect:
        return HttpResponseRedirect(get_valid_next_url_from_request(self.request) or reverse("desk:queue"))

    def attempt(self, work: Callable[[], Appointment], *, done: str) -> HttpResponseRedirect:
        try:
            visit = work()
        except ChangeRefused as refusal:
            messages.warning(self.request, str(refusal.message))
        else:
            say_done(self.request, done % {"number": visit.token or "—", "name": visit.patient.name})
        return self.back()

    def check_line(self, form: LineForm) -> None:
        """Raises 404 for a line that is not this person's to lead: nobody learns that it exists."""
        if not form.cleaned_data.get("practitioner") or not form.cleaned_data.get("location"):
            raise PermissionDenied
        if not may_lead(self.request.user, form.cleaned_data["practitioner"]):
            raise Http404


class CallNextView(QueueChangeView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = NextForm(request.POST)
        is_whole = form.is_valid()
        self.check_line(form)
        if not is_whole:
            raise PermissionDenied
        asked = form.cleaned_data
        finish = self.get_visit(asked["finish"], "change") if asked["finish"] else None
        if finish is not None and (finish.practitioner_id, finish.location_id) != (
            asked["practitioner"].pk,
            asked["location"].pk,
        ):
            raise Http404
        if finish is not None:
            finish.revision = asked["revision"] if asked["revision"] is not None else -1
        return self.attempt(
            lambda: call_next(
                practitioner=asked["practitioner"],
                location=asked["location"],
                seen=asked["seen"],
                by=self.request.user,
                finish=finish,
            ),
            done=_("Called: number %(number)s, %(name)s."),
        )


class CallAgainView(QueueChangeView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = self.get_visit(kwargs["reference"], "change")
        form = AgainForm(request.POST)
        if not form.is_valid():
            raise PermissionDenied
        visit.revision = form.cleaned_data["revision"]
        return self.attempt(
            lambda: call_again(appointment=visit, by=self.request.user),
            done=_("Called again: number %(number)s, %(name)s."),
        )


class LateView(QueueChangeView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = LateForm(request.POST)
        is_whole = form.is_valid()
        self.check_line(form)
        if not is_whole:
            page = QueueView()
            page.setup(request, *args, **kwargs)
            return page.render_to_response(page.get_context_data(refused=form), status=422)
        practitioner, minutes = form.cleaned_data["practitioner"], form.cleaned_data["minutes"]
        tell_lateness(
            practitioner=practitioner, location=form.cleaned_data["location"], minutes=minutes, by=self.request.user
        )
        if minutes:
            said = ngettext(
                "Those who wait are told: %(name)s is about %(minutes)d minute late.",
                "Those who wait are told: %(name)s is about %(minutes)d minutes late.",
                minutes,
            )
        else:
            said = _("%(name)s is on time again.")
        messages.success(request, said % {"name": practitioner.name, "minutes": minutes})
        return self.back()
