"""Every address that answers with code of ours, found by walking the resolver: a new one is there by itself."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

ROOMS = ("clinic", "home", "content", "config")
BACK_OFFICE = "/admin/"
# Written by older ways as expressions: a named group is a parameter, another is left out.
GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
NAMELESS = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """A pattern of the resolver: "admin/leave/<slug:reference>/", without a language before it."""

    route: str
    view: Any
    model: type[Model] | None
    has_language: bool

    def __str__(self) -> str:
        return self.route or "the root"

    @property
    def is_guarded(self) -> bool:
        return f"/{self.route}".startswith(BACK_OFFICE)

    @property
    def is_written_here(self) -> bool:
        """Whether the view itself is ours, and not one of Wagtail's for a model of ours."""
        return self.view.__module__.split(".")[0] in ROOMS

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Kind and name of each: [("slug", "reference")]."""
        return [(kind or "str", name) for kind, name in PARAMETER.findall(self.pattern)]

    @property
    def pattern(self) -> str:
        """The route with nothing of an expression left in it but parameters."""
        return re.sub(r"[\^$\\?]", "", NAMELESS.sub("", GROUP.sub(r"<\1>", self.route)))

    def path(self, value: Callable[[str, str], Any], language: str) -> str:
        """`value` of kind and name stands for each parameter."""
        filled = PARAMETER.sub(
            lambda found: quote(str(value(found[1] or "str", found[2])), errors="surrogatepass"), self.pattern
        )
        return f"/{language}/{filled}" if self.has_language else f"/{filled}"


def walk(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry, route)
        else:
            yield route, entry


def our_addresses() -> list[Address]:
    """Those whose view or model is ours, each once."""
    language = f"{settings.LANGUAGE_CODE}/"
    found: dict[str, Address] = {}
    for route, entry in walk(get_resolver()):
        view = getattr(entry.callback, "view_class", None) or getattr(entry.callback, "cls", None) or entry.callback
        model = getattr(entry.callback, "view_initkwargs", {}).get("model") or getattr(view, "model", None)
        model = model if hasattr(model, "_meta") else None
        code = model.__module__ if model else ""
        if any(module.split(".")[0] in ROOMS for module in (view.__module__, code)):
            own = route.removeprefix(language)
            found.setdefault(own, Address(own, view, model, own != route))
    return sorted(found.values(), key=lambda address: address.route)
