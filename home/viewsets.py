"""How editors list and find the snippets of the frame."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import LiveStatusTagColumn, LocaleColumn, UpdatedAtColumn

from content.translation.columns import TranslationColumn
from home.editors.languages import LanguageViewSet
from home.models import Announcement, Footer, Menu, Partner


class MenuViewSet(LanguageViewSet):
    model = Menu
    icon = "list-ul"
    menu_label = _("Menus")
    menu_name = "menus"
    list_display = ["name", LocaleColumn(), UpdatedAtColumn(), LiveStatusTagColumn(), TranslationColumn()]


class FooterViewSet(LanguageViewSet):
    model = Footer
    icon = "bars"
    menu_label = _("Footers")
    menu_name = "footers"
    list_display = ["name", LocaleColumn(), UpdatedAtColumn(), LiveStatusTagColumn(), TranslationColumn()]


class PartnerViewSet(LanguageViewSet):
    """Ordered by drag and drop, for each language by itself."""

    model = Partner
    icon = "group"
    menu_label = _("Partners")
    menu_name = "partners"
    list_display = ["name", "url", LocaleColumn(), UpdatedAtColumn(), LiveStatusTagColumn(), TranslationColumn()]


class AnnouncementViewSet(LanguageViewSet):
    model = Announcement
    icon = "warning"
    menu_label = _("Announcements")
    menu_name = "announcements"
    list_display = ["message", "level", LocaleColumn(), UpdatedAtColumn(), LiveStatusTagColumn(), TranslationColumn()]
    list_filter = ["level"]
