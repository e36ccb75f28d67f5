from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from home.blocks.menus import FooterBlock, MenuBlock
from home.models.editorial import PUBLISHING, EditorialSnippet


class Menu(EditorialSnippet):
    """A menu of links and groups of links, in the order in which they stand."""

    name = models.CharField(_("name"), max_length=80, help_text=_("For editors; visitors do not see it."))
    items = StreamField(MenuBlock(), verbose_name=_("items"), blank=True)

    panels = [FieldPanel("name"), FieldPanel("items"), PUBLISHING]

    class Meta(EditorialSnippet.Meta):
        verbose_name = _("menu")
        verbose_name_plural = _("menus")

    def __str__(self) -> str:
        return self.name


class Footer(EditorialSnippet):
    """The columns of links at the foot of every page."""

    name = models.CharField(_("name"), max_length=80, help_text=_("For editors; visitors do not see it."))
    text = models.CharField(_("text"), max_length=300, blank=True, help_text=_("Stands beside the logo."))
    columns = StreamField(FooterBlock(), verbose_name=_("columns"), blank=True)

    panels = [FieldPanel("name"), FieldPanel("text"), FieldPanel("columns"), PUBLISHING]

    class Meta(EditorialSnippet.Meta):
        verbose_name = _("footer")
        verbose_name_plural = _("footers")

    def __str__(self) -> str:
        return self.name
