"""What base.html and the components of every room need."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.template.context import Context

from clinic.lib.phone import for_reading
from content.hours import opening_lines
from content.links import Link, resolve_links
from content.pictures import address_of
from content.routes import route_url
from content.templatetags.pictures import media
from home.frame import Frame, build_frame
from home.languages import RIGHT_TO_LEFT
from home.models import SiteIdentity
from home.sender import name_of_the_site

register = template.Library()
register.simple_tag(media)
register.simple_tag(route_url)
register.simple_tag(name_of_the_site)
register.filter(opening_lines)


@register.simple_tag(takes_context=True)
def site_frame(context: Context) -> Frame:
    """`{% site_frame as frame %}`: menu, footer, banners, identity, locations and languages of this page."""
    return build_frame(context["request"], page=context.get("page"), previewed=context.get("previewed"))


@register.simple_tag(takes_context=True)
def link_of(context: Context, value: Mapping[str, Any] | None) -> Link | None:
    """`{% link_of value.button as link %}`: the link that an editor has set, None if it leads nowhere now."""
    if not value:
        return None
    return resolve_links([value], request=context.get("request"))[0]


@register.simple_tag
def sharing_image(page: object, identity: SiteIdentity) -> str:
    """The full address of the picture that is shown where `page` is shared; empty without one.

    Drawings are left out: no network shows them.
    """
    image = getattr(page, "og_image", None) or identity.sharing_image
    address = address_of(image, "sharing") if image else ""
    return urljoin(settings.SITE_URL, address) if address else ""


@register.filter
def direction(language: str) -> str:
    """The writing direction of a language code, for `dir`."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


@register.filter
def readable_phone(number: str) -> str:
    return for_reading(number)
