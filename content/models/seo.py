"""What search engines and link previews are told about a page, besides Wagtail's own title and description."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.images import get_image_model_string
from wagtail.models import Page


class SeoPage(Page):
    og_image = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sharing image"),
        help_text=_("Shown where the page is shared. Best 1200 by 630 pixels."),
    )
    noindex = models.BooleanField(_("hide from search engines"), default=False)

    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("og_image"), FieldPanel("noindex")], heading=_("Search and sharing")),
    ]

    class Meta:
        abstract = True
