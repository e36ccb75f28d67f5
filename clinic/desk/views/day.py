"""The list of visits: today's and coming ones."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.permissions import policy_registry

from clinic.desk.forms.filters import VisitFilter
from clinic.desk.queries import count_by_status, meant_by, on_days, patients_for, visits_for, with_details
from clinic.desk.rows import by_day
from clinic.desk.status import ICONS
from clinic.desk.views.reach import DeskView
from clinic.directory.models import Location
from clinic.lib import clock
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import WaitlistEntry

PAGE = 60


class DayView(DeskView, TemplateView):
    page_title = _("Appointments")
    template_name = "desk/day.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": reverse("desk:index"), "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = clock.now()
        locations = list(Location.objects.all())
        zone = ZoneInfo(locations[0].time_zone if locations else "UTC")
        chosen = VisitFilter(self.request.GET, today=now.astimezone(zone).date())
        visits = visits_for(self.request.user)
        text = chosen.value("q")
        if text:
            visits = visits.filter(meant_by(text, patients=patients_for(self.request.user)))
        else:
            visits = visits.filter(on_days(chosen.first_day, chosen.days, locations=locations))
        for name in ("location", "practitioner"):
            if chosen.value(name):
                visits = visits.filter(**{name: chosen.value(name)})
        counts = count_by_status(visits)
        if chosen.value("status"):
            visits = visits.filter(status=chosen.value("status"))
        # A search reaches over all days: what is to come stands first.
        visits = with_details(visits).order_by("-starts_at" if text else "starts_at", "pk")
        page = Paginator(visits, PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            filter=chosen,
            days=by_day(page, now=now, may_change=self.may("change")),
            page=page,
            now=now.astimezone(zone),
            statuses=self.statuses(chosen, counts),
            total=sum(counts.values()),
            everything=self.address(chosen, status=""),
            today=self.address(chosen, day=chosen.today, q=""),
            tomorrow=self.address(chosen, day=chosen.today + timedelta(days=1), q=""),
            before=self.address(chosen, day=chosen.first_day - timedelta(days=chosen.days)),
            after=self.address(chosen, day=chosen.first_day + timedelta(days=chosen.days)),
            earlier_page=self.address(chosen, p=page.number - 1),
            later_page=self.address(chosen, p=page.number + 1),
            as_board=self.board(chosen),
            may_book=self.may("add"),
            may_see_waitlist=policy_registry.get_by_type(WaitlistEntry).user_has_permission(self.request.user, "view"),
            several_locations=len(locations) > 1,
            **kwargs,
        )

    def statuses(self, chosen: VisitFilter, counts: dict[str, int]) -> list[dict[str, Any]]:
        """A tab for each status that occurs, or that is chosen."""
        return [
            {
                "value": status.value,
                "label": status.label,
                "icon": ICONS[status],
                "count": counts.get(status, 0),
                "address": self.address(chosen, status=status.value),
                "is_chosen": chosen.value("status") == status,
            }
            for status in AppointmentStatus
            if counts.get(status) or chosen.value("status") == status
        ]

    def board(self, chosen: VisitFilter) -> str:
        """The board of the same days and location."""
        days = {"day": chosen.first_day, "view": "week" if chosen.days > 1 else "day"}
        whose = {"location": chosen["location"].value(), "who": chosen["practitioner"].value()}
        given = {name: value for name, value in whose.items() if value}
        return f"{reverse('desk:board')}?{urlencode(days | given)}"

    def address(self, chosen: VisitFilter, **changes: Any) -> str:
        """This list with `changes`; each change but of the page leads to its first page."""
        given = {name: chosen[name].value() for name in chosen.fields}
        wanted = {name: value for name, value in {**given, **changes}.items() if value not in ("", None)}
        return f"{reverse('desk:index')}?{urlencode(wanted)}"
