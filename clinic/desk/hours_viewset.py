"""Where special hours, rooms and devices stand in the back office."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from clinic.desk.views.holidays import HolidaysView
from clinic.desk.views.hours import DeleteHoursView, HoursListView, HoursView, NewHoursView
from clinic.desk.views.places import PlacesView, PlaceWeekView, UtilisationView
from clinic.desk.viewsets import AppointmentsItem
from clinic.directory.models import HoursTemplate


class HoursItem(MenuItem):
    def is_shown(self, request: object) -> bool:
        policy = policy_registry.get_by_type(HoursTemplate)
        return bool(policy.user_has_permission(getattr(request, "user", None), "view"))


class HoursViewSet(ViewSet):
    """Each view asks for its own permission: the admin itself asks only whether somebody may sign in."""

    name = "desk_hours"
    url_prefix = "special-hours"
    icon = "history"
    menu_label = _("Special hours")
    menu_name = "special-hours"
    menu_order = 15
    menu_item_class = HoursItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(HoursListView), name="index"),
            path("new/", self.construct_view(NewHoursView), name="new"),
            path("holidays/", self.construct_view(HolidaysView), name="holidays"),
            path("<int:number>/", self.construct_view(HoursView), name="one"),
            path("<int:number>/delete/", self.construct_view(DeleteHoursView), name="delete"),
        ]


class PlacesViewSet(ViewSet):
    name = "desk_places"
    url_prefix = "rooms"
    icon = "home"
    menu_label = _("Rooms and devices")
    menu_name = "rooms"
    menu_order = 16
    menu_item_class = AppointmentsItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(PlacesView), name="index"),
            path("use/", self.construct_view(UtilisationView), name="use"),
            path("<int:number>/", self.construct_view(PlaceWeekView), name="week"),
        ]
