"""What the head of a page says to search engines and link previews."""

from typing import Any

from django import template
from django.db.models import prefetch_related_objects
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from content import schema
from content.models import ContactPage
from home.frame import Frame
from home.models import HomePage

register = template.Library()
# As Open Graph names languages: with a country. Arabic without one is Facebook's "ar_AR".
OPEN_GRAPH = {"en": "en_GB", "ar": "ar_AR"}


@register.filter
def open_graph_locale(language: str) -> str:
    return OPEN_GRAPH.get(language, language)


@register.simple_tag(takes_context=True)
def schema_graph(context: Context, frame: Frame, description: str = "") -> SafeString:
    """`{% schema_graph frame summary %}`: the JSON-LD of this page; its own nodes come from it or from the view."""
    language = get_language() or "en"
    page, crumbs = context.get("page"), context.get("crumbs") or []
    address = frame.languages.current.url
    name = getattr(page, "title", "") or (str(crumbs[-1]["title"]) if crumbs else "")
    nodes: list[dict[str, Any]] = [
        clinic(frame, page),
        schema.website_node(frame.identity, language=language),
        schema.page_node(address, name=name, description=description, language=language, has_way=bool(crumbs)),
    ]
    if crumbs:
        nodes.append(schema.way_node(address, crumbs, language=language))
    own = getattr(page, "schema_nodes", None)
    nodes += own(context.get("request")) if own else []
    nodes += context.get("schema_nodes") or []
    return schema.as_script(nodes)


def clinic(frame: Frame, page: object) -> dict[str, Any]:
    """In full on the pages that are about the clinic; its opening hours, which are another query, on the first one."""
    if not isinstance(page, HomePage | ContactPage):
        return schema.organisation_node(frame.identity)
    locations, with_hours = list(frame.locations), isinstance(page, HomePage)
    if with_hours:
        prefetch_related_objects(locations, "opening_hours")
    return schema.clinic_node(frame.identity, locations, with_hours=with_hours)
