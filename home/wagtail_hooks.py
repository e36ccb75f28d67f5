"""The frame of the site in the back office: a "Website" menu, the house's look, text in its own direction."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from home.editors.attention import AttentionView, may_read_reports
from home.editors.checker import ClinicChecker
from home.editors.messages import tell_of_findings
from home.editors.panels import panels_for
from home.editors.usages import ask_about_links
from home.editors.views import EmergencyView, TakeDownView, may_announce
from home.viewsets import AnnouncementViewSet, FooterViewSet, MenuViewSet, PartnerViewSet
from home.website_data.screen import add_screen, list_screen


class WebsiteGroup(SnippetViewSetGroup):
    menu_label = _("Website")
    menu_name = "website"
    menu_icon = "desktop"
    menu_order = 250
    items = (AnnouncementViewSet, MenuViewSet, FooterViewSet, PartnerViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        return [*super().get_submenu_items(), EmergencyItem()]


class EmergencyItem(MenuItem):
    """Beside the announcements, of which it makes one in each language."""

    def __init__(self) -> None:
        super().__init__(_("Emergency banner"), reverse("emergency"), name="emergency", icon_name="warning", order=1000)

    def is_shown(self, request: HttpRequest) -> bool:
        return may_announce(request.user)


register_snippet(WebsiteGroup)
hooks.register("register_admin_urls", add_screen)
hooks.register("register_reports_menu_item", list_screen)


@hooks.register("insert_global_admin_css")
def link_admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("register_admin_urls")
def add_screens() -> list[URLPattern]:
    return [
        path("reports/attention/", AttentionView.as_view(), name="attention"),
        path("emergency/", EmergencyView.as_view(), name="emergency"),
        path("emergency/<int:pk>/end/", TakeDownView.as_view(), name="emergency_end"),
    ]


@hooks.register("before_unpublish_page")
def ask_before_unpublishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    return ask_about_links(request, [page], descendants="include_descendants" in request.POST, deleting=False)


@hooks.register("before_delete_page")
def ask_before_deleting(request: HttpRequest, page: Page) -> HttpResponse | None:
    return ask_about_links(request, [page], descendants=True, deleting=True)


@hooks.register("before_bulk_action")
def ask_before_many_pages_go(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    if action_type not in {"delete", "unpublish"} or not all(isinstance(each, Page) for each in objects):
        return None
    deleting = action_type == "delete"
    descendants = deleting or "include_descendants" in request.POST
    return ask_about_links(request, objects, descendants=descendants, deleting=deleting)


class AttentionItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read_reports(request)


@hooks.register("register_reports_menu_item")
def list_attention() -> MenuItem:
    label = _("Content that needs attention")
    return AttentionItem(label, reverse("attention"), name="attention", icon_name="warning", order=90)


@hooks.register("construct_help_menu")
def leave_out_news_of_the_software(request: HttpRequest, menu_items: list[Any]) -> None:
    """Release notes in English, with a badge that asks editors to read them."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith("whats-new-in-wagtail")]


@hooks.register("construct_homepage_panels")
def show_writers_their_site(request: HttpRequest, panels: list[Any]) -> None:
    panels += panels_for(request)


@hooks.register("construct_wagtail_userbar")
def look_for_what_our_editors_write(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    items[:] = [ClinicChecker() if isinstance(item, ContentCheckerItem) else item for item in items]


@hooks.register("after_publish_page")
def tell_what_a_page_breaks(request: HttpRequest, page: Page) -> None:
    tell_of_findings(request, page.specific)
