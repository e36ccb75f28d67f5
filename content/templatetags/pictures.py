from django import template
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage

from content.pictures import picture

register = template.Library()


@register.simple_tag
def media(
    image: AbstractImage | None, spec: str, alt: str | None = None, sizes: str = "", eager: bool = False
) -> SafeString | str:
    """`{% media page.image "width-{400,800}" sizes="(min-width: 60rem) 30rem, 100vw" %}`.

    Without `alt`, the alternative text of the library in the active language; `eager` for what is seen first.
    """
    if image is None:
        return ""
    text = image.default_alt_text if alt is None else alt
    return picture(image, spec, alt=text, sizes=sizes, loading="" if eager else "lazy", decoding="async")
