"""Giving a visit another time: the form, and the same for a drag on the board."""

from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.utils import get_valid_next_url_from_request

from clinic.desk.forms.moves import MoveForm
from clinic.desk.policies import sees_everything
from clinic.desk.rows import local
from clinic.desk.times import named
from clinic.desk.undoing import say_done, undo_form
from clinic.desk.views.reach import DeskView
from clinic.lib import clock
from clinic.scheduling.actions import BookingRefused, ChangeRefused, move_appointment
from clinic.scheduling.availability import nearest_free
from clinic.scheduling.models import Appointment
from clinic.scheduling.rules import can_move

ASKED = ("day", "time", "length", "practitioner", "location", "room")


class MoveView(DeskView, TemplateView):
    """Compare and swap: what somebody else changed meanwhile is told, never overwritten.

    A script that asks by XMLHttpRequest is answered in JSON: `done`, or `fault` with the status of the page.
    """

    permission_required = "change"
    template_name = "desk/move.html"
    page_title = gettext_lazy("Move an appointment")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        visit = reverse("desk:visit", args=[self.visit.reference])
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk:index"), "label": _("Appointments")},
            {"url": visit, "label": self.visit.spoken_reference},
            {"url": "", "label": self.get_page_title()},
        ]

    @property
    def is_dragged(self) -> bool:
        return bool(self.request.headers.get("x-requested-with") == "XMLHttpRequest")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, filled in with the visit as it stands, or with what the address asks for."""
        self.visit = self.get_visit(kwargs["reference"], "change")
        if not can_move(self.visit, clock.now()):
            messages.error(request, str(ChangeRefused("not_allowed").message))
            return HttpResponseRedirect(self.way_back())
        initial = {name: request.GET[name] for name in ASKED if request.GET.get(name)}
        return self.show(MoveForm(visit=self.visit, own=self.own, initial=initial))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.visit = self.get_visit(kwargs["reference"], "change")
        form = MoveForm(request.POST, visit=self.visit, own=self.own)
        if not form.is_valid():
            return self.refuse(form, form.faults(), status=422)
        try:
            moved = self.move(form)
        except BookingRefused as refusal:
            return self.refuse(form, str(refusal.message), status=409, look_around=True)
        except ChangeRefused as refusal:
            self.visit = self.get_visit(kwargs["reference"], "change")
            return self.refuse(form, self.in_words(refusal), status=409)
        if self.is_dragged:
            return JsonResponse({"done": told(moved), "revision": moved.revision, "undo": undo_form(request)})
        say_done(request, told(moved))
        return HttpResponseRedirect(self.way_back())

    def move(self, form: MoveForm) -> Appointment:
        typed = form.cleaned_data
        self.visit.revision = typed["revision"]
        return move_appointment(
            appointment=self.visit,
            starts_at=typed["starts_at"],
            practitioner=typed["practitioner"],
            location=typed["location"],
            room=typed.get("room"),
            length=form.span,
            by=self.request.user,
            ignore_notice=True,
            overbooked=self.visit.overbooked,
            tell=typed["tell"],
        )

    def refuse(self, form: MoveForm, fault: str, *, status: int, look_around: bool = False) -> HttpResponse:
        """Say why, and keep what was typed; with `look_around` beside the nearest free times."""
        if self.is_dragged:
            return JsonResponse({"fault": fault}, status=status)
        nearest = self.nearest(form) if look_around else []
        return self.show(form, fault=fault if status == 409 else "", nearest=nearest, status=status)

    def nearest(self, form: MoveForm) -> list[dict[str, Any]]:
        """Free times around the one that cannot be had, each with the address of this form filled in with it."""
        typed = form.cleaned_data
        slots = nearest_free(
            service=self.visit.service,
            practitioner_id=typed["practitioner"].pk,
            location_id=typed["location"].pk,
            around=typed["starts_at"],
            ignore_notice=True,
        )
        places, people = named(slots)
        found = []
        for slot in slots:
            if self.own and slot.practitioner_id != self.visit.practitioner_id:
                continue
            starts = slot.starts_at.astimezone(ZoneInfo(places[slot.location_id].time_zone))
            filled = {
                "day": starts.date(),
                "time": f"{starts:%H:%M}",
                "length": typed["length"],
                "practitioner": slot.practitioner_id,
                "location": slot.location_id,
                "next": self.way_back(),
            }
            found.append(
                {
                    "starts": starts,
                    "practitioner": people[slot.practitioner_id],
                    "location": places[slot.location_id],
                    "address": f"?{urlencode(filled)}",
                }
            )
        return found

    def show(self, form: MoveForm, *, status: int = 200, **more: Any) -> HttpResponse:
        starts, ends = local(self.visit)
        context = self.get_context_data(
            visit=self.visit, form=form, starts=starts, ends=ends, day=starts.date(), way_back=self.way_back(), **more
        )
        return self.render_to_response(context, status=status)

    def in_words(self, refusal: ChangeRefused) -> str:
        if refusal.code != "changed":
            return str(refusal.message)
        now = _("Somebody else has changed this appointment meanwhile. It is now: %(status)s. Nothing was changed.")
        return now % {"status": self.visit.get_status_display()}

    @property
    def own(self) -> bool:
        """Whether this person moves only the visits to themselves."""
        return not sees_everything(self.request.user)

    def way_back(self) -> str:
        # Not `redirect`, which takes "x" for the name of a route and stumbles.
        given: str = get_valid_next_url_from_request(self.request)
        return given or reverse("desk:visit", args=[self.visit.reference])


def told(visit: Appointment) -> str:
    starts, _ends = local(visit)
    return _("%(name)s: now on %(day)s at %(time)s, %(practitioner)s.") % {
        "name": visit.patient.name,
        "day": date_format(starts.date(), "j F"),
        "time": f"\u2066{clock.shown(starts)}\u2069",
        "practitioner": visit.practitioner.name,
    }
