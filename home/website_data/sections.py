"""The sections of the home page as data."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from wagtail.rich_text import RichText

from clinic.directory.models import Location, Practitioner, Service, Specialty
from content.links import resolve_links
from home.blocks.sections import SectionBlock
from home.models import HomePage, Partner


def link_data(value: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """`label`, `route` and `external` of a link; None where it leads nowhere now."""
    link = resolve_links([value], request=None)[0] if value else None
    return {"label": link.text, "route": link.href, "external": link.external} if link else None


def sections_of(page: HomePage) -> Iterator[dict[str, Any]]:
    """`type`, `order`, `title`, `text`, and what the section shows: `items`, `steps` or a `button`."""
    for order, block in enumerate(page.sections, start=1):
        yield {"type": block.block_type, "order": order, **section_data(block)}


def section_data(block: Any) -> dict[str, Any]:
    value = block.value
    if isinstance(value, RichText) or not isinstance(value, Mapping):
        return {"title": "", "text": str(value)}
    found: dict[str, Any] = {"title": value.get("title") or "", "text": str(value.get("text") or "")}
    if "button" in value:
        found["button"] = link_data(value["button"])
    if "steps" in value:
        found["steps"] = [{"title": step["title"], "text": step["text"]} for step in value["steps"]]
    if isinstance(block.block, SectionBlock):
        rows: Any = block.block.items(value, {}) or ()
        found["items"] = [data for row in rows if (data := row_data(row))]
    return found


def row_data(row: object) -> dict[str, Any] | None:
    """A row of the directory by name and address; None for what other parts show."""
    match row:
        case Practitioner():
            return {"name": row.name, "title": row.title, "route": reverse("booking:doctor", args=[row.slug])}
        case Service():
            return {"name": row.name, "route": reverse("booking:service", args=[row.slug])}
        case Specialty():
            return {"name": row.name, "route": f"{reverse('booking:doctors')}?specialty={row.slug}"}
        case Location():
            return {"name": row.name, "address": row.address, "phone": row.phone}
        case Partner():
            return {"name": row.name, "url": row.url}
    return None
