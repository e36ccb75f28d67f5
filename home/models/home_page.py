from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from clinic.directory.queries import offered_specialties
from content.models.seo import SeoPage
from home.blocks.hero import HeroStreamBlock
from home.blocks.sections import SectionsBlock


class HomePage(SeoPage):
    """The first page of one language; its translations are the roots of the other trees."""

    hero = StreamField(HeroStreamBlock(), verbose_name=_("hero"), blank=True)
    sections = StreamField(SectionsBlock(), verbose_name=_("sections"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["content.StandardPage"]
    max_count = len(settings.LANGUAGES)
    template = "home/home_page.html"

    content_panels = [*SeoPage.content_panels, FieldPanel("hero"), FieldPanel("sections")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        return {**super().get_context(request, *args, **kwargs), "finder_specialties": offered_specialties()}
