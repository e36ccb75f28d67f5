"""What machines read of a page: one graph of schema.org (https://schema.org/MedicalClinic) as JSON-LD.

A node is a dictionary without `@context`. Addresses are in full; nodes name each other by `@id`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import urljoin

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from phonenumbers import NumberParseException, parse, region_code_for_number

from clinic.directory.models import Location, OpeningHours

Node = dict[str, Any]
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")  # ISO weekday 1 to 7
# As json_script does: no text can end the script or begin a comment.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


class Identity(Protocol):
    """The facts of `home.models.SiteIdentity`; this room does not know that one."""

    name: Any
    description: Any
    email: str

    def social_links(self) -> list[tuple[str, str]]: ...


def full(address: str) -> str:
    return urljoin(f"{settings.SITE_URL}/", address)


CLINIC, WEBSITE = "/#clinic", "/#website"


def organisation_node(identity: Identity) -> Node:
    """Who speaks, in short: what pages that are not about the clinic itself say of it."""
    return filled(
        {
            "@type": "MedicalOrganization",
            "@id": full(CLINIC),
            "name": identity.name,
            "url": full("/"),
            "logo": full(static("img/icon-512.png")),
        }
    )


def clinic_node(identity: Identity, locations: Sequence[Location], *, with_hours: bool) -> Node:
    """The clinic, and each location as a department of it. The first location is its address.

    `with_hours` reads the opening hours of each location: prefetch them.
    """
    departments = [department(each, with_hours=with_hours) for each in locations]
    node: Node = {
        **organisation_node(identity),
        "@type": "MedicalClinic",
        "description": identity.description,
        "image": full(static("img/icon-512.png")),
        "email": identity.email,
        "sameAs": [address for _name, address in identity.social_links()],
        "department": departments if len(departments) > 1 else [],
    }
    if departments:
        first = {"telephone", "address", "geo", "openingHoursSpecification"}
        node |= {key: value for key, value in departments[0].items() if key in first}
    return filled(node)


def department(location: Location, *, with_hours: bool) -> Node:
    hours = location.opening_hours.all() if with_hours else []
    return filled(
        {
            "@type": "MedicalClinic",
            "@id": full(f"/#location-{location.slug}"),
            "name": location.name,
            "telephone": location.phone,
            "email": location.email,
            "address": filled(
                {
                    "@type": "PostalAddress",
                    "streetAddress": location.address,
                    "addressLocality": location.city,
                    "addressCountry": country_of(location.phone),
                }
            ),
            "geo": place(location),
            "openingHoursSpecification": [opening(each) for each in hours],
        }
    )


def place(location: Location) -> Node:
    if location.latitude is None or location.longitude is None:
        return {}
    return {
        "@type": "GeoCoordinates",
        "latitude": float(location.latitude),
        "longitude": float(location.longitude),
    }


def opening(hours: OpeningHours) -> Node:
    """One stretch of a weekday, on the wall clock of its location."""
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": f"https://schema.org/{DAYS[hours.weekday - 1]}",
        "opens": f"{hours.starts:%H:%M}",
        "closes": f"{hours.ends:%H:%M}",
    }


def country_of(phone: str) -> str:
    """The ISO 3166 code of the country that `phone` belongs to; empty where the number does not say."""
    try:
        return region_code_for_number(parse(phone)) or ""
    except NumberParseException:
        return ""


def website_node(identity: Identity, *, language: str) -> Node:
    """The site in `language`, and how to search it."""
    return {
        "@type": "WebSite",
        "@id": full(WEBSITE),
        "name": identity.name,
        "url": full(f"/{language}/"),
        "inLanguage": [code for code, _name in settings.LANGUAGES],
        "publisher": {"@id": full(CLINIC)},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{full(reverse('search:results'))}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def page_node(address: str, *, name: str, description: str, language: str, has_way: bool) -> Node:
    return filled(
        {
            "@type": "WebPage",
            "@id": address,
            "url": address,
            "name": name,
            "description": description,
            "inLanguage": language,
            "isPartOf": {"@id": full(WEBSITE)},
            "breadcrumb": {"@id": f"{address}#way"} if has_way else {},
        }
    )


def way_node(address: str, crumbs: Iterable[Mapping[str, str]], *, language: str) -> Node:
    """`crumbs` as components/breadcrumbs.html takes them: the page itself is last, without an address."""
    steps = [{"title": _("Home"), "url": f"/{language}/"}, *crumbs]
    return {
        "@type": "BreadcrumbList",
        "@id": f"{address}#way",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": str(step["title"]),
                "item": full(step["url"]) if step["url"] else address,
            }
            for position, step in enumerate(steps, start=1)
        ],
    }


def filled(node: Node) -> Node:
    """`node` without what is empty: nothing is said rather than said to be nothing."""
    return {key: value for key, value in node.items() if value not in ("", None, [], {})}


def as_script(nodes: Iterable[Node]) -> SafeString:
    """The nodes as one JSON-LD block. It is data: a content policy without inline scripts lets it be."""
    text = json.dumps({"@context": "https://schema.org", "@graph": list(nodes)}, ensure_ascii=False, default=str)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text.translate(ESCAPES)))  # noqa: S308
