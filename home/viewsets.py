"""How editors list and find the snippets of the frame."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, LiveStatusTagColumn, LocaleColumn, UpdatedAtColumn

from content.translation.columns import TranslationColumn
from home.editors.languages import LanguageViewSet
from home.models import Announcement, Footer, Menu, Partner


def state_columns() -> list[BaseColumn]:
    """Wagtail's own labels would stay in the language that the process started in."""
    return [
        LocaleColumn(label=_("Language")),
        UpdatedAtColumn(label=_("Updated")),
        LiveStatusTagColumn(label=_("Status")),
        TranslationColumn(),
    ]


class MenuViewSet(LanguageViewSet):
    model = Menu
    icon = "list-ul"
    menu_label = _("Menus")
    menu_name = "menus"
    list_display = ["name", *state_columns()]


class FooterViewSet(LanguageViewSet):
    model = Footer
    icon = "bars"
    menu_label = _("Footers")
    menu_name = "footers"
    list_display = ["name", *state_columns()]


class PartnerViewSet(LanguageViewSet):
    """Ordered by drag and drop, for each language by itself."""

    model = Partner
    icon = "group"
    menu_label = _("Partners")
    menu_name = "partners"
    list_display = ["name", "url", *state_columns()]


class AnnouncementViewSet(LanguageViewSet):
    model = Announcement
    icon = "warning"
    menu_label = _("Announcements")
    menu_name = "announcements"
    list_display = ["message", "level", *state_columns()]
    list_filter = ["level"]
