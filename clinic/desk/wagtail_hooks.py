from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem

from clinic.desk.feed_viewset import CalendarViewSet, account_item
from clinic.desk.hours_viewset import HoursViewSet, PlacesViewSet
from clinic.desk.leave_viewset import LeaveViewSet
from clinic.desk.panels import TodayPanel
from clinic.desk.viewsets import (
    AppointmentsItem,
    DeskViewSet,
    MatchingItem,
    PatientFileViewSet,
    RequestsItem,
)

REPORTS_ABOUT_PAGES = (
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtail_localize:translations_report",
)


@hooks.register("register_admin_viewset")
def register_desk() -> list[Any]:
    return [DeskViewSet(), PatientFileViewSet(), LeaveViewSet(), HoursViewSet(), PlacesViewSet()]


@hooks.register("register_admin_menu_item")
def register_queue() -> MenuItem:
    return AppointmentsItem(_("Today's queue"), reverse("desk:queue"), name="queue", icon_name="list-ol", order=12)


@hooks.register("register_admin_menu_item")
def register_requests() -> MenuItem:
    return RequestsItem(_("To approve"), reverse("desk:approvals"), name="approvals", icon_name="help", order=13)


@hooks.register("register_admin_menu_item")
def register_matching() -> MenuItem:
    return MatchingItem(
        _("People to match"), reverse("desk_patients:to_match"), name="to-match", icon_name="group", order=61
    )


@hooks.register("construct_homepage_panels")
def show_today(request: HttpRequest, panels: list[Any]) -> None:
    panel = TodayPanel(request.user)
    if panel.is_shown():
        panels.insert(0, panel)


@hooks.register("insert_global_admin_css")
def style_back_office() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk.css"))


@hooks.register("construct_reports_menu")
def hide_reports_about_pages(request: HttpRequest, menu_items: list[Any]) -> None:
    """Some reports are shown to everybody; who writes no pages has nothing to read there."""
    if user_has_any_page_permission(request.user):
        return
    # By address: an item's name is made of its label, in the language of whoever came first.
    about_pages = {reverse(name) for name in REPORTS_ABOUT_PAGES}
    menu_items[:] = [item for item in menu_items if item.url not in about_pages]


@hooks.register("register_admin_viewset")
def register_calendar() -> CalendarViewSet:
    return CalendarViewSet()


@hooks.register("register_account_menu_item")
def show_way_to_calendar(request: HttpRequest) -> dict[str, Any] | None:
    return account_item(request)
