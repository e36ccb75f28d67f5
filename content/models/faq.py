"""Questions that are asked often, in groups."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from content.blocks.questions import QuestionGroupsBlock
from content.models.editorial import EditorialPage


class FaqPage(EditorialPage):
    introduction = models.CharField(_("introduction"), max_length=300, blank=True)
    body = StreamField(QuestionGroupsBlock(), verbose_name=_("questions"), blank=True)

    parent_page_types = ["home.HomePage", "content.StandardPage"]
    subpage_types: list[str] = []
    template = "content/faq_page.html"
    page_description = _("Questions and answers in groups. Each question has an address of its own.")

    content_panels = [*EditorialPage.content_panels, FieldPanel("introduction"), FieldPanel("body")]

    class Meta:
        verbose_name = _("questions and answers")
        verbose_name_plural = _("questions and answers")
