"""Where leave, closures and maintenance stand in the back office."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from clinic.desk.views.leave import LeaveListView, LeaveView, NewLeaveView, SickView, WithdrawView
from clinic.scheduling.models import Absence


class LeaveItem(MenuItem):
    def is_shown(self, request: object) -> bool:
        policy = policy_registry.get_by_type(Absence)
        return bool(policy.user_has_permission(getattr(request, "user", None), "view"))


class LeaveViewSet(ViewSet):
    """Each view asks for its own permission: the admin itself asks only whether somebody may sign in."""

    name = "desk_leave"
    url_prefix = "leave"
    icon = "calendar-alt"
    menu_label = _("Leave and closures")
    menu_name = "leave"
    menu_order = 14
    menu_item_class = LeaveItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(LeaveListView), name="index"),
            path("new/", self.construct_view(NewLeaveView), name="new"),
            path("sick/", self.construct_view(SickView), name="sick"),
            path("<slug:reference>/", self.construct_view(LeaveView), name="absence"),
            path("<slug:reference>/withdraw/", self.construct_view(WithdrawView), name="withdraw"),
        ]
