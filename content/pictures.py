"""Images of the library as HTML: sizes and formats for photographs, the file itself for drawings."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage, Filter, Picture

TRANSPARENT = (".png", ".gif", ".webp", ".avif")


def picture(image: AbstractImage, spec: str, *, alt: str, **attributes: str) -> SafeString:
    """`image` resized by `spec`, in Wagtail's words ("fill-320x400", "width-{400,800}"), with `attributes`.

    Drawings (SVG) are sharp at every size and are shown as they are; others come as WebP with a fallback.
    """
    attributes = {name: value for name, value in attributes.items() if value}
    if image.is_svg():
        flat = format_html_join("", ' {}="{}"', attributes.items())
        return format_html(
            '<img src="{}" alt="{}" width="{}" height="{}"{}>',
            image.file.url,
            alt,
            int(image.width),
            int(image.height),
            flat,
        )
    fallback = "png" if image.file.name.lower().endswith(TRANSPARENT) else "jpeg"
    specs = Filter.expand_spec([spec, f"format-{{webp,{fallback}}}"])
    renditions = image.get_renditions(*specs)
    return Picture(renditions, {"alt": alt, **attributes}).__html__()
