"""What every view of the desk asks before it answers."""

from typing import Any

from django.db.models import Model
from django.http import Http404
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin

from clinic.desk.queries import visits_for, with_details
from clinic.scheduling.models import Appointment


class DeskView(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page of the desk: asks for a permission on visits, and shows the way back to the list."""

    model: type[Model] = Appointment
    permission_required = "view"
    header_icon = "calendar"
    request: Any

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_visit(self, reference: str, action: str = "view") -> Appointment:
        """The visit, if this person may see (or change) it. Raises 404 otherwise: nobody learns that it exists."""
        visit = with_details(visits_for(self.request.user, action)).filter(reference=reference).first()
        if visit is None:
            raise Http404
        return visit

    def may(self, action: str) -> bool:
        return bool(self.user_has_permission(action))
