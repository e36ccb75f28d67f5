"""What search engines and link previews are told about a page, besides Wagtail's own title and description."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import models
from django.forms import Form
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.images import get_image_model_string
from wagtail.models import Page, PageViewRestriction

from content.outline import questions_in
from content.previews import SIZES
from content.restrictions import restrictions_of


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

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        return SIZES

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        return restrictions_of(self)

    def serve_password_required_response(self, request: HttpRequest, form: Form, action_url: str) -> TemplateResponse:
        """The form for the password, and nothing of the page: its title is for those who know the password."""
        context = {"form": form, "action_url": action_url, "noindex": True}
        return TemplateResponse(request, "wagtailcore/password_required.html", context)

    def schema_nodes(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What the page tells search engines, as nodes of schema.org without `@context`, addresses in full."""
        body = getattr(self, "body", None)
        questions = list(questions_in(body)) if body else []
        if not questions:
            return []
        return [{"@type": "FAQPage", "@id": f"{address_of(self, request)}#questions", "mainEntity": questions}]


def address_of(page: Page, request: HttpRequest | None) -> str:
    """The full address of `page`, under the public address of the site."""
    return urljoin(settings.SITE_URL, page.get_url(request) or "/")
