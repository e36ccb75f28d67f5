"""What a view asks for in a query or a form, read from its source: words in `get("…")` and the fields of its forms."""

import inspect
import re
import sys
from functools import cache
from typing import Any

from django.forms import BaseForm

from tests.fuzz.addresses import Address

ASKED = re.compile(r"""(?:\.get|\.getlist|\.pop)\(\s*["'](\w+)["']|["'](\w+)["'] in \w*\.?(?:data|GET|POST)\b""")
# What Wagtail's lists and choosers ask for, and what many of our pages do.
ALWAYS = ["next", "q", "p", "page", "ordering", "export", "lang", "locale", "id", "do", "csrfmiddlewaretoken"]


def read_by(module: Any) -> set[str]:
    """The modules of ours beside `module` that it hands its query or form to."""
    room = module.__name__.rpartition(".views")[0] or module.__name__.rpartition(".")[0]
    named = {getattr(each, "__module__", None) or "" for each in vars(module).values()}
    return {name for name in named if name.startswith(f"{room}.")}


@cache
def asked_by(address: Address) -> list[str]:
    found = set(ALWAYS)
    for kind in inspect.getmro(address.view) if inspect.isclass(address.view) else [address.view]:
        module = sys.modules[kind.__module__]
        if kind.__module__.split(".")[0] in {"clinic", "home", "content", "config"}:
            for each in vars(module).values():
                if inspect.isclass(each) and issubclass(each, BaseForm):
                    found |= set(getattr(each, "base_fields", ()))
            for source in {module.__name__, *read_by(module)}:
                found |= {first or second for first, second in ASKED.findall(inspect.getsource(sys.modules[source]))}
    return sorted(found)
