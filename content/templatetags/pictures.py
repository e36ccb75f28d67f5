from django import template
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage

from content.pictures import picture

register = template.Library()


@register.simple_tag
def media(
    image: AbstractImage | None, use: str, alt: str | None = None, sizes: str = "", eager: bool = False
) -> SafeString | str:
    """`{% media page.picture "card" %}`: the picture as the place "card" shows it (see content.pictures.uses).

    Without `alt`, the alternative text of the library in the active language. `eager` is for the one picture of
    the first view: it is fetched before the others. `sizes` replaces the use's own.
    """
    if image is None:
        return ""
    text = image.default_alt_text if alt is None else alt
    first = {"fetchpriority": "high"} if eager else {"loading": "lazy"}
    return picture(image, use, alt=text, sizes=sizes, decoding="async", **first)
