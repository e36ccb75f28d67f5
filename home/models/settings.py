"""Facts about the site as a whole. Settings have no drafts and no languages, so only neutral facts stand here."""

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.template.response import SimpleTemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.images import get_image_model_string
from wagtail.models import PreviewableMixin

from clinic.lib.bilingual import Bilingual
from content.previews import SIZES
from home.models.menus import Footer, Menu


class FrameSetting(PreviewableMixin, BaseSiteSetting):
    """A setting that shows in the frame of every page: its preview is that frame, in either language."""

    class Meta:
        abstract = True

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return list(settings.LANGUAGES)

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        return SIZES

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "home/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        return {**super().get_preview_context(request, mode_name), "previewed": self}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> SimpleTemplateResponse:
        with override(mode_name or settings.LANGUAGE_CODE):
            response: SimpleTemplateResponse = super().serve_preview(request, mode_name)
            return response.render()


@register_setting(icon="list-ul", order=110)
class SiteNavigation(FrameSetting):
    """Which menu and footer are shown; each in the reader's language where that translation is published."""

    header = models.ForeignKey(
        Menu, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("main menu")
    )
    footer = models.ForeignKey(
        Footer, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("footer")
    )

    panels = [FieldPanel("header"), FieldPanel("footer")]

    class Meta:
        verbose_name = _("navigation")


@register_setting(icon="site", order=100)
class SiteIdentity(FrameSetting):
    """Names, ways to be reached, and what search engines are told where a page says nothing of its own."""

    name_en = models.CharField(_("name in English"), max_length=80, default="Iyada Clinic")
    name_ar = models.CharField(_("name in Arabic"), max_length=80, default="عيادة")
    tagline_en = models.CharField(_("tagline in English"), max_length=120, blank=True)
    tagline_ar = models.CharField(_("tagline in Arabic"), max_length=120, blank=True)
    description_en = models.CharField(_("description in English"), max_length=300, blank=True)
    description_ar = models.CharField(_("description in Arabic"), max_length=300, blank=True)
    emergency_number = models.CharField(_("emergency number"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    whatsapp = models.URLField(_("WhatsApp address"), blank=True)
    facebook = models.URLField(_("Facebook address"), blank=True)
    instagram = models.URLField(_("Instagram address"), blank=True)
    youtube = models.URLField(_("YouTube address"), blank=True)
    sharing_image = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sharing image"),
        help_text=_("Shown where a page without an image of its own is shared."),
    )

    name, tagline, description = Bilingual(), Bilingual(), Bilingual()
    select_related = ["sharing_image"]

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("name_en"), FieldPanel("name_ar")]),
                FieldRowPanel([FieldPanel("tagline_en"), FieldPanel("tagline_ar")]),
            ],
            heading=_("Name"),
        ),
        MultiFieldPanel([FieldPanel("emergency_number"), FieldPanel("email")], heading=_("Contact")),
        MultiFieldPanel(
            [FieldPanel("whatsapp"), FieldPanel("facebook"), FieldPanel("instagram"), FieldPanel("youtube")],
            heading=_("Social networks"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("description_en"), FieldPanel("description_ar")]),
                FieldPanel("sharing_image"),
            ],
            heading=_("Search and sharing"),
        ),
    ]

    class Meta:
        verbose_name = _("identity")

    def social_links(self) -> list[tuple[str, str]]:
        """Name and address of each network that the clinic uses; the names are the same in every language."""
        networks = (
            ("WhatsApp", self.whatsapp),
            ("Facebook", self.facebook),
            ("Instagram", self.instagram),
            ("YouTube", self.youtube),
        )
        return [(name, address) for name, address in networks if address]
