"""How to reach the clinic. Addresses, phones and hours come from the directory."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.fields import StreamField

from clinic.directory.queries import open_locations
from content.blocks import BodyBlock
from content.links import resolve_links
from content.maps import map_of
from content.models.editorial import EditorialPage


class ContactPage(EditorialPage):
    """`form` is shown in the page's own language, where that translation is published."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    form = models.ForeignKey(
        "content.FormPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("form"),
        help_text=_("The page leads to it with a button."),
    )

    parent_page_types = ["home.HomePage"]
    subpage_types = ["content.FormPage"]
    max_count_per_parent = 1
    template = "content/contact_page.html"
    page_description = _("All locations with their phones and opening hours, and the way to a form.")

    content_panels = [
        *EditorialPage.content_panels,
        FieldPanel("introduction"),
        PageChooserPanel("form"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        link = resolve_links([{"page": self.form_id}], request=request)[0] if self.form_id else None
        locations = open_locations().prefetch_related("opening_hours")
        return {
            **super().get_context(request, *args, **kwargs),
            "form_link": link,
            "places": [(each, map_of(each)) for each in locations],
        }
