"""Holidays out of a calendar file: shown first, with the visits on each day, then entered as closures."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from clinic.desk.forms.holidays import CalendarForm, HolidayForms, PlacesForm, initial_rows
from clinic.desk.views.reach import DeskView
from clinic.directory.models import Closure, Location
from clinic.lib import clock
from clinic.scheduling.absences.affected import WAITING
from clinic.scheduling.actions import HoursRefused, add_closures
from clinic.scheduling.models import Appointment


class HolidaysView(DeskView, TemplateView):
    model = Closure
    permission_required = "add"
    template_name = "desk/holidays.html"
    page_title = gettext_lazy("Import holidays")
    header_icon = "calendar-alt"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "form-TOTAL_FORMS" in request.POST:
            return self.save()
        form = CalendarForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        rows = HolidayForms(initial=initial_rows(form.holidays))
        return self.render_to_response(self.get_context_data(rows=rows, places=PlacesForm()))

    def save(self) -> HttpResponse:
        rows, places = HolidayForms(self.request.POST), PlacesForm(self.request.POST)
        if not (rows.is_valid() and places.is_valid()):
            return self.render_to_response(self.get_context_data(rows=rows, places=places), status=422)
        chosen: Sequence[Location | None] = [*places.cleaned_data["locations"]] or [None]
        closures = [
            Closure(
                location=place,
                **{name: row.cleaned_data[name] for name in ("name_en", "name_ar", "first_day", "last_day")},
            )
            for row in rows
            if row.cleaned_data.get("chosen")
            for place in chosen
        ]
        try:
            added = add_closures(closures=closures, by=self.request.user)
        except HoursRefused as refusal:
            context = self.get_context_data(rows=rows, places=places, fault=refusal.message)
            return self.render_to_response(context, status=409)
        done = ngettext("%(count)d holiday was entered.", "%(count)d holidays were entered.", len(added))
        messages.success(self.request, done % {"count": len(added)})
        return redirect("closure:index")

    def get_context_data(self, *, rows: Any = None, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            form=kwargs.pop("form", None) or CalendarForm(),
            rows=rows,
            lines=[(row, visits) for row, visits in zip(rows, visits_on(rows), strict=True)] if rows else [],
            **kwargs,
        )


def visits_on(rows: Any) -> list[int]:
    """How many visits stand on the days of each row, in one query."""
    spans = [row.days for row in rows]
    known = [day for span in spans for day in span if day]
    if not known:
        return [0] * len(spans)
    margin = timedelta(days=1)
    first, last = max(min(known), date.min + margin) - margin, min(max(known), date.max - margin) + margin
    visits = Appointment.objects.filter(
        status__in=WAITING, starts_at__date__range=(first, last), ends_at__gt=clock.now()
    ).values_list("starts_at", "location__time_zone")
    days = [clock.local_day(starts_at, zone) for starts_at, zone in visits]
    return [sum(begin <= day <= end for day in days) if begin and end else 0 for begin, end in spans]
