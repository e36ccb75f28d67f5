"""Pages that are no Wagtail pages, by the names under which editors link to them."""

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# key: what editors read, the name of the URL. Keys are stored in menus: never rename one.
ROUTES: dict[str, tuple[Promise | str, str]] = {
    "doctors": (_("Find a doctor"), "booking:doctors"),
    "services": (_("Services"), "booking:services"),
    "book": (_("Book an appointment"), "booking:start"),
    "search": (_("Search"), "search:results"),
}
# First parts of addresses under /en/ and /ar/ that belong to views: no page may take one.
RESERVED_SLUGS = frozenset({"doctors", "services", "book", "search", "next-free"})


def route_choices() -> list[tuple[str, Promise | str]]:
    return [(key, label) for key, (label, _name) in ROUTES.items()]


def route_label(key: str) -> str:
    return str(ROUTES[key][0]) if key in ROUTES else ""


def route_url(key: str) -> str:
    """The address in the active language; empty for an unknown key or a part of the site that is switched off."""
    try:
        return reverse(ROUTES[key][1])
    except (KeyError, NoReverseMatch):
        return ""
