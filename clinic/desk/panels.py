"""What the desk shows on the first page after signing in."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from clinic.desk.approvals import requests_for
from clinic.desk.queries import count_by_status, on_days, visits_for, with_details
from clinic.desk.rows import by_day
from clinic.desk.status import ICONS
from clinic.directory.models import Location
from clinic.lib import clock
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment
from clinic.scheduling.rules import OPEN

NEXT = 8


class TodayPanel(Component):
    """Today in numbers, and who comes next. Only for those who may see visits."""

    name = "today"
    template_name = "desk/today.html"
    order = 10

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def policy(self) -> Any:
        return policy_registry.get_by_type(Appointment)

    def is_shown(self) -> bool:
        return bool(self.policy.user_has_permission(self.user, "view"))

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        now = clock.now()
        locations = list(Location.objects.all())
        zone = ZoneInfo(locations[0].time_zone if locations else "UTC")
        day = now.astimezone(zone).date()
        today = visits_for(self.user).filter(on_days(day, 1, locations=locations))
        counts = count_by_status(today)
        waiting = today.filter(status__in=OPEN, ends_at__gte=now)
        may_change = bool(self.policy.user_has_permission(self.user, "change"))
        asked = list(requests_for(self.user, now=now).select_related("location")) if may_change else []
        return {
            "day": day,
            "to_approve": len(asked),
            "first_to_approve": asked[0] if asked else None,
            "total": sum(counts.values()),
            "statuses": [
                {"value": status.value, "label": status.label, "icon": ICONS[status], "count": counts.get(status, 0)}
                for status in AppointmentStatus
            ],
            "days": by_day(with_details(waiting).order_by("starts_at", "pk")[:NEXT], now=now, may_change=may_change),
            "may_book": self.policy.user_has_permission(self.user, "add"),
            # A component's template has a context of its own: its forms need these of the page.
            **{name: parent_context.get(name) for name in ("request", "csrf_token") if parent_context},
        }
