"""Which other sites may show the booking."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

# As a browser writes an origin (RFC 6454, 6.2): no path, no port 443, letters beyond ASCII as Punycode.
ORIGIN = r"^https://[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[1-9][0-9]{0,4})?$"
HTTPS_PORT = 443
LAST_PORT = 65535


def to_origin(text: str) -> str:
    """The origin of the address that somebody typed: "https://example.com". Raises `ValidationError`."""
    fault = ValidationError(
        _("“%(text)s” is no address of a site; write it as in “https://www.example.com”."), params={"text": text}
    )
    try:
        parts = urlsplit(text.strip())
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        raise fault from None
    if parts.scheme == "http":
        raise ValidationError(_("The site must be encrypted: its address begins with https://."))
    # A path says nothing about an origin; whoever types one may believe that it does.
    if parts.username is not None or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValidationError(_("Write the site alone, without a page of it: “https://www.example.com”."))
    origin = f"{parts.scheme}://{host}{'' if port in (None, HTTPS_PORT) else f':{port}'}"
    if not re.fullmatch(ORIGIN, origin) or (port or 0) > LAST_PORT:
        raise fault
    return origin


@register_setting(icon="code", order=120)
class BookingWidget(ClusterableModel, BaseSiteSetting):
    """The sites that may show the booking in a frame. Without any, none but our own may."""

    panels = [
        InlinePanel(
            "hosts",
            heading=_("Sites that may show the booking"),
            label=_("Site"),
            help_text=_("No other site can show it. How a site does it is told in docs/integrators.md."),
        )
    ]

    class Meta:
        verbose_name = _("booking on other sites")
        default_permissions = ("change",)

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class WidgetHost(models.Model):
    """A site that may show the booking, by its origin."""

    widget = ParentalKey(BookingWidget, on_delete=models.CASCADE, related_name="hosts")
    origin = models.CharField(_("address"), max_length=260, help_text=_("For example https://www.example.com."))

    panels = [FieldPanel("origin")]

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["origin"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["widget", "origin"], name="widget_host_once"),
            models.CheckConstraint(condition=Q(origin__regex=ORIGIN), name="widget_host_is_an_encrypted_origin"),
        ]

    def __str__(self) -> str:
        return self.origin

    def clean(self) -> None:
        if self.origin:
            try:
                self.origin = to_origin(self.origin)
            except ValidationError as fault:
                raise ValidationError({"origin": fault}) from None
