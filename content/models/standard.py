"""The page for everything that has no page type of its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from content.blocks import BodyBlock
from content.models.editorial import EditorialPage


class StandardPage(EditorialPage):
    introduction = models.CharField(_("introduction"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    parent_page_types = ["home.HomePage", "content.StandardPage"]
    subpage_types = ["content.StandardPage", "content.FaqPage", "content.FormPage", "content.LegalPage"]
    template = "content/standard_page.html"
    page_description = _("A page of text and parts, for whatever has no page type of its own.")

    content_panels = [*EditorialPage.content_panels, FieldPanel("introduction"), FieldPanel("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
