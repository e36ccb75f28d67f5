"""Rooms and devices: which there are, the week of one, and how much they and the practitioners are used."""

import csv
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView

from clinic.desk.forms.filters import FARTHEST
from clinic.desk.forms.utilisation import UtilisationForm
from clinic.desk.places.week import DAYS, week_of
from clinic.desk.views.booking import read_day
from clinic.desk.views.reach import DeskView
from clinic.directory.enums import ResourceKind
from clinic.directory.maintenance import due
from clinic.directory.models import Device, Location, MaintenanceRecord, Room
from clinic.lib import clock
from clinic.scheduling.models import Absence, Reservation
from clinic.scheduling.utilisation import Use, utilisation

RECORDS = 20  # of one room or device, the newest first


class PlacesView(DeskView, TemplateView):
    """The rooms and devices of each location, with what is due."""

    template_name = "desk/places.html"
    page_title = gettext_lazy("Rooms and devices")
    header_icon = "home"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.now().date()
        rows = due(today=today)
        late = {record.resource_id: record for record in reversed(rows)}
        places: dict[int, list[dict[str, Any]]] = {}
        for model in (Room, Device):
            for each in model.objects.filter(is_active=True).order_by("name_en", "pk"):
                places.setdefault(each.location_id, []).append({"place": each, "due": late.get(each.pk)})
        return super().get_context_data(
            locations=[(location, places[location.pk]) for location in Location.objects.all() if location.pk in places],
            due=rows,
            today=today,
            may_see_use=self.request.user.has_perm("scheduling.view_reservation"),
            **maintenance_rights(self.request),
            **kwargs,
        )


def maintenance_rights(request: Any) -> dict[str, bool]:
    return {
        "may_record": request.user.has_perm("directory.add_maintenancerecord"),
        "may_see_records": request.user.has_perm("directory.view_maintenancerecord"),
        "may_plan": request.user.has_perm(f"{Absence._meta.app_label}.add_absence"),
    }


class PlaceWeekView(DeskView, TemplateView):
    """Names stand only in those visits that this person may see."""

    template_name = "desk/place_week.html"
    header_icon = "calendar"

    @cached_property
    def place(self) -> Room | Device:
        number = self.kwargs["number"]
        for model in (Room, Device):
            if found := model.objects.select_related("location").filter(pk=number).first():
                return found
        raise Http404

    def get_page_title(self) -> str:
        return self.place.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = {"url": reverse("desk_places:index"), "label": _("Rooms and devices")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, place = clock.now(), self.place
        today = clock.local_day(now, place.location.time_zone)
        asked = read_day(self.request.GET.get("day")) or today
        asked = asked if abs(asked - today) < FARTHEST else today
        first = begin_of_week(asked)
        week = week_of(place, first, user=self.request.user, now=now)
        records = MaintenanceRecord.objects.filter(resource=place.pk)[:RECORDS]
        waiting = due(today=today, resources=[place.pk])
        return super().get_context_data(
            place=place,
            is_device=place.kind == ResourceKind.DEVICE,
            week=week,
            hours=[(minute, f"{minute // 60:02}:00") for minute in range(week.first, week.last, 60)],
            first_day=first,
            last_day=first + timedelta(days=DAYS - 1),
            before=f"?{urlencode({'day': first - timedelta(days=DAYS)})}",
            after=f"?{urlencode({'day': first + timedelta(days=DAYS)})}",
            day=asked,
            records=records,
            due=waiting,
            due_tasks={record.pk for record in waiting},
            today=today,
            **maintenance_rights(self.request),
            **kwargs,
        )


def begin_of_week(day: date) -> date:
    """The Saturday on or before `day`: the week begins as on the public site."""
    return day - timedelta(days=(day.isoweekday() - 6) % 7)


GROUPS = {
    ResourceKind.PRACTITIONER: gettext_lazy("Practitioners"),
    ResourceKind.ROOM: gettext_lazy("Rooms"),
    ResourceKind.DEVICE: gettext_lazy("Devices"),
}


class UtilisationView(DeskView, TemplateView):
    """For whoever may read all reservations."""

    model = Reservation
    template_name = "desk/utilisation.html"
    page_title = gettext_lazy("Utilisation")
    header_icon = "table"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = {"url": reverse("desk_places:index"), "label": _("Rooms and devices")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        locations = list(Location.objects.all())
        form = UtilisationForm(request.GET, locations=locations, now=clock.now()) if locations else None
        rows: list[Use] = []
        if form and form.is_valid():
            first, last = form.days
            rows = utilisation(location=form.place, first_day=first, last_day=last, now=clock.now())
            if request.GET.get("format") == "csv":
                return as_csv(rows, form.place, first, last)
        groups = [(title, [row for row in rows if row.kind == kind]) for kind, title in GROUPS.items()]
        context = self.get_context_data(
            form=form,
            groups=[group for group in groups if group[1]],
            csv=f"?{urlencode({**request.GET.dict(), 'format': 'csv'})}",
        )
        return self.render_to_response(context, status=200 if not form or form.is_valid() else 422)


HEADINGS = (
    pgettext_lazy("of a room, device or person", "Name"),
    gettext_lazy("Kind"),
    gettext_lazy("Bookable hours"),
    gettext_lazy("Hours of visits"),
    gettext_lazy("Hours of buffers"),
    gettext_lazy("Hours of maintenance or leave"),
    gettext_lazy("Used, in percent"),
    gettext_lazy("Visits"),
    gettext_lazy("No-shows"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is calculated by a spreadsheet


def as_csv(rows: list[Use], location: Location, first: date, last: date) -> HttpResponse:
    """With a byte order mark, without which a spreadsheet does not read Arabic."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    name = f"utilisation-{location.slug}-{first.isoformat()}-{last.isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    sheet = csv.writer(answer)
    sheet.writerow([str(heading) for heading in HEADINGS])
    for row in rows:
        name = f"'{row.name}" if row.name.startswith(FORMULA) else row.name
        hours = [f"{value:.2f}" for value in (row.bookable, row.visit_hours, row.buffer_hours, row.away_hours)]
        percent = "" if row.percent is None else f"{row.percent:.1f}"
        sheet.writerow([name, str(row.kind.label), *hours, percent, row.visits, row.no_shows])
    return answer
