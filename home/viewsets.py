"""How editors list and find the snippets of the frame."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import Announcement, Footer, Menu, Partner


class MenuViewSet(SnippetViewSet):
    model = Menu
    icon = "list-ul"
    menu_label = _("Menus")
    list_display = ["name", UpdatedAtColumn()]


class FooterViewSet(SnippetViewSet):
    model = Footer
    icon = "bars"
    menu_label = _("Footers")
    list_display = ["name", UpdatedAtColumn()]


class PartnerViewSet(SnippetViewSet):
    """Ordered by drag and drop, for each language by itself."""

    model = Partner
    icon = "group"
    menu_label = _("Partners")
    list_display = ["name", "url", UpdatedAtColumn()]


class AnnouncementViewSet(SnippetViewSet):
    model = Announcement
    icon = "warning"
    menu_label = _("Announcements")
    list_display = ["message", "level", UpdatedAtColumn()]
    list_filter = ["level"]
