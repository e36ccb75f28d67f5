"""How editors list and find the snippets of the frame."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import LiveStatusTagColumn, LocaleColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import Announcement, Footer, Menu, Partner


class MenuViewSet(SnippetViewSet):
    model = Menu
    icon = "list-ul"
    menu_label = _("Menus")
    menu_name = "menus"
    list_display = ["name", LocaleColumn(), UpdatedAtColumn(), LiveStatusTagColumn()]


class FooterViewSet(SnippetViewSet):
    model = Footer
    icon = "bars"
    menu_label = _("Footers")
    menu_name = "footers"
    list_display = ["name", LocaleColumn(), UpdatedAtColumn(), LiveStatusTagColumn()]


class PartnerViewSet(SnippetViewSet):
    """Ordered by drag and drop, for each language by itself."""

    model = Partner
    icon = "group"
    menu_label = _("Partners")
    menu_name = "partners"
    list_display = ["name", "url", LocaleColumn(), UpdatedAtColumn(), LiveStatusTagColumn()]


class AnnouncementViewSet(SnippetViewSet):
    model = Announcement
    icon = "warning"
    menu_label = _("Announcements")
    menu_name = "announcements"
    list_display = ["message", "level", LocaleColumn(), UpdatedAtColumn(), LiveStatusTagColumn()]
    list_filter = ["level"]
