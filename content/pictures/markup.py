"""Pictures as HTML, from files that are already there. Nothing is made here and no store is asked."""

from collections.abc import Iterable
from urllib.parse import quote

from django.db.models import prefetch_related_objects
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage, AbstractRendition

from content.pictures.uses import USES, Use

WEB_SAFE = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")
LIGHT = 200_000  # bytes; an original up to here may stand in for its prepared sizes


def picture(image: AbstractImage, use: str, *, alt: str, **attributes: str) -> SafeString:
    """`image` as the place `use` shows it, with `attributes` (`sizes` replaces the use's own).

    Drawings (SVG) are sharp at every size and are shown as they are. Until a photograph is prepared, the best
    that exists stands in for it, in the same shape, so that nothing jumps. Raises KeyError for an unknown use.
    """
    place = place_of(use)
    flat = {"alt": alt, **{name: value for name, value in attributes.items() if value and name != "sizes"}}
    if image.is_svg():
        return element(image.file.url, (int(image.width), int(image.height)), flat)
    avif, plain = existing(image, place)
    if plain is None and not avif:
        return stand_in(image, place, flat)
    largest = plain or avif[-1]
    img = element(largest.url, (largest.width, largest.height), flat)
    if not avif or plain is None:
        return img
    candidates = ", ".join(f"{quoted(each.url)} {each.width}w" for each in avif)
    sizes = attributes.get("sizes") or place.sizes
    source = format_html('<source type="image/avif" srcset="{}"{}>', candidates, flatten({"sizes": sizes}))
    return format_html("<picture>{}{}</picture>", source, img)


def place_of(use: str) -> Use:
    if use not in USES:
        raise KeyError(f"{use!r} is no use of a picture; content/pictures/uses.py has {', '.join(USES)}.")
    return USES[use]


def address_of(image: AbstractImage, use: str) -> str:
    """The one address of `image` that every reader understands, for those who take no HTML. Empty without one."""
    if image.is_svg():
        return ""
    plain = existing(image, place_of(use))[1] or existing(image, USES["body"])[1]
    if plain:
        return str(plain.url)
    return str(image.file.url) if image.file.name.lower().endswith(WEB_SAFE[:3]) else ""


def existing(image: AbstractImage, use: Use) -> tuple[list[AbstractRendition], AbstractRendition | None]:
    """The AVIF files of `image` for `use` by width, and the one for old browsers.

    Those of an earlier focal point are shown until the new ones are there. Read from the table, never from the
    cache of Wagtail: the page cache must see that the page depends on it.
    """
    prefetch_related_objects([image], "renditions")
    rows = [row for row in image.renditions.all() if row.filter_spec in use.prepared]
    key = use.focal_key(image)
    rows = [row for row in rows if row.focal_point_key == key] or rows
    avif = sorted((row for row in rows if row.filter_spec not in use.fallbacks), key=lambda row: row.width)
    return unique_widths(avif), next((row for row in rows if row.filter_spec in use.fallbacks), None)


def read_files(images: Iterable[AbstractImage | None]) -> None:
    """Read the prepared files of all `images` in one query, and in none if they are drawings, which have none."""
    photographs = [each for each in images if each is not None and not each.is_svg()]
    if photographs:
        prefetch_related_objects(photographs, "renditions")


def unique_widths(rows: Iterable[AbstractRendition]) -> list[AbstractRendition]:
    return list({row.width: row for row in rows}.values())


def stand_in(image: AbstractImage, use: Use, attributes: dict[str, str]) -> SafeString:
    """The picture before it is prepared: another place's file, the original if it is light, else an empty frame."""
    shape = use.shape(image)
    other = existing(image, USES["body"])[1]
    if other:
        return element(other.url, shape, {**attributes, "class": "picture-waits"})
    if image.file.name.lower().endswith(WEB_SAFE) and 0 < (image.file_size or 0) <= LIGHT:
        return element(image.file.url, shape, {**attributes, "class": "picture-waits"})
    empty = f'<svg xmlns="http://www.w3.org/2000/svg" width="{shape[0]}" height="{shape[1]}"/>'
    return element(f"data:image/svg+xml,{quote(empty)}", shape, {**attributes, "class": "picture-waits"})


def element(address: str, shape: tuple[int, int], attributes: dict[str, str]) -> SafeString:
    return format_html('<img src="{}" width="{}" height="{}"{}>', address, *shape, flatten(attributes))


def flatten(attributes: dict[str, str]) -> SafeString:
    return format_html_join("", ' {}="{}"', ((k, v) for k, v in attributes.items() if v or k == "alt"))


def quoted(address: str) -> str:
    """Commas and spaces part the candidates of a srcset."""
    return address.replace(",", "%2C").replace(" ", "%20")
