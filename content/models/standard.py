"""The page for everything that has no page type of its own."""

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from content.blocks import BodyBlock
from content.crumbs import crumbs_to
from content.models.seo import SeoPage
from content.routes import RESERVED_SLUGS


class StandardPage(SeoPage):
    introduction = models.CharField(_("introduction"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    parent_page_types = ["home.HomePage", "content.StandardPage"]
    subpage_types = ["content.StandardPage"]
    template = "content/standard_page.html"

    content_panels = [*SeoPage.content_panels, FieldPanel("introduction"), FieldPanel("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS and self.depth in {None, 3}:
            raise ValidationError({"slug": _("“%(slug)s” is an address of the booking pages.") % {"slug": self.slug}})

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        return {**super().get_context(request, *args, **kwargs), "crumbs": crumbs_to(self, request=request)}
