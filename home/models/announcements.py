from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from content.blocks import LinkBlock
from home.models.editorial import PUBLISHING, EditorialSnippet


class Level(models.TextChoices):
    EMERGENCY = "emergency", _("Emergency")
    WARNING = "warning", _("Warning")
    INFORMATION = "information", _("Information")


class Announcement(EditorialSnippet):
    """A banner above every page, from its publication until it expires."""

    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.INFORMATION)
    message = models.CharField(_("message"), max_length=240)
    link = StreamField([("link", LinkBlock())], verbose_name=_("link"), blank=True, max_num=1)

    panels = [FieldPanel("message"), FieldPanel("level"), FieldPanel("link"), PUBLISHING]

    class Meta(EditorialSnippet.Meta):
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")

    def __str__(self) -> str:
        return self.message
