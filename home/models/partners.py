from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.images import get_image_model_string

from home.models.editorial import PUBLISHING, EditorialSnippet


class Partner(EditorialSnippet):
    """An insurer, hospital or laboratory that the clinic works with."""

    name = models.CharField(_("name"), max_length=120)
    logo = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    url = models.URLField(_("web address"), blank=True)
    sort_order = models.IntegerField(_("order"), default=0, editable=False)

    sort_order_field = "sort_order"
    panels = [FieldPanel("name"), FieldPanel("logo"), FieldPanel("url"), PUBLISHING]

    class Meta(EditorialSnippet.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["sort_order", "pk"]

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        return {**super().get_preview_context(request, mode_name), "previewed_partners": [self]}

    def __str__(self) -> str:
        return self.name
