"""Privacy notices, terms and statements: texts that hold from a day on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from content.blocks import BodyBlock
from content.models.editorial import EditorialPage


class LegalPage(EditorialPage):
    introduction = models.CharField(_("introduction"), max_length=300, blank=True)
    effective_on = models.DateField(_("in force since"), null=True, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    parent_page_types = ["home.HomePage", "content.StandardPage"]
    subpage_types: list[str] = []
    is_narrow = True
    template = "content/legal_page.html"
    page_description = _("A privacy notice, terms or a statement, with numbered headings and the day since it holds.")

    content_panels = [
        *EditorialPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("effective_on"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("legal page")
        verbose_name_plural = _("legal pages")
