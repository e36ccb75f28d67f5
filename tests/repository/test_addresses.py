"""What strangers see in an address."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

BACK_OFFICE = "admin/"
# Parts of an address that count something that everybody may count.
HARMLESS = {"page", "year", "month", "day", "week"}
# Wagtail's own: the password forms of private pages and document folders, which number the restriction alone.
WAGTAIL = ("documents/password/", "_util/")


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        path = before + str(entry.pattern)
        if path.startswith(BACK_OFFICE) or any(own in path for own in WAGTAIL):
            continue
        if isinstance(entry, URLResolver):
            yield from patterns(entry, path)
        else:
            yield path, entry


def test_no_public_address_carries_the_id_of_a_row() -> None:
    seen = list(patterns(get_resolver()))
    assert seen
    for path, entry in seen:
        numbers = {name for name, kind in entry.pattern.converters.items() if isinstance(kind, IntConverter)}
        assert numbers <= HARMLESS, path
        named = set(re.findall(r"[<](?:\w+:)?(\w+)[>]", path))
        assert not {name for name in named if name in {"pk", "id"} or name.endswith(("_pk", "_id"))}, path
