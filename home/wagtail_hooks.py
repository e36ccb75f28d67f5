"""The frame of the site in the back office: a "Website" menu, the house's look, text in its own direction."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from home.viewsets import AnnouncementViewSet, FooterViewSet, MenuViewSet, PartnerViewSet


class WebsiteGroup(SnippetViewSetGroup):
    menu_label = _("Website")
    menu_name = "website"
    menu_icon = "desktop"
    menu_order = 250
    items = (AnnouncementViewSet, MenuViewSet, FooterViewSet, PartnerViewSet)


register_snippet(WebsiteGroup)


@hooks.register("insert_global_admin_css")
def link_admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
