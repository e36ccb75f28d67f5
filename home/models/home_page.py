from collections.abc import Sequence

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.url_routing import RouteResult

from clinic.directory.queries import offered_specialties
from content.models.seo import SeoPage
from content.translation.stand_ins import route_stand_in
from home.blocks.hero import HeroStreamBlock
from home.blocks.sections import SectionsBlock


class HomePage(SeoPage):
    """The first page of one language; its translations are the roots of the other trees."""

    hero = StreamField(HeroStreamBlock(), verbose_name=_("hero"), blank=True)
    sections = StreamField(SectionsBlock(), verbose_name=_("sections"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "content.ServicesIndexPage",
        "content.DoctorsIndexPage",
        "content.LocationsIndexPage",
        "content.NewsIndexPage",
        "content.HealthIndexPage",
        "content.FaqPage",
        "content.ContactPage",
        "content.FormPage",
        "content.LegalPage",
        "content.StandardPage",
    ]
    page_description = _("The first page of one language, made of sections.")
    max_count = len(settings.LANGUAGES)
    template = "home/home_page.html"
    in_each_language: Sequence["HomePage"] = ()  # where whoever fetched it has them at hand

    content_panels = [*SeoPage.content_panels, FieldPanel("hero"), FieldPanel("sections")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """As Wagtail's; what is not published in this language is shown in the other (docs/decisions/0028)."""
        try:
            return super().route(request, path_components)
        except Http404:
            if stand_in := route_stand_in(self, request, path_components):
                return stand_in
            raise

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        return {**super().get_context(request, *args, **kwargs), "finder_specialties": list(offered_specialties())}
