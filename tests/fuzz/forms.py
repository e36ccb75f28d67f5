"""Forms as a browser finds them in a page: what it would send if somebody only pressed the button."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, SoupStrainer, Tag

# What a careful person types where a new row's form is empty, by the end of the field's name.
TYPED = {
    "slug": "a-new-one",
    "name_en": "A new one",
    "name_ar": "جديد",
    "phone": "079 123 4567",
    "email": "new@patients.example",
    "date": "2026-12-01",
    "day": "2026-12-01",
    "starts": "09:00",
    "ends": "10:00",
    "time": "09:00",
    "reason": "The patient called",
    "minutes": "20",
    "username": "newperson",
    "password1": "a long pass phrase of it",
    "password2": "a long pass phrase of it",
    "first_name": "Nour",
    "last_name": "Staff",
}


@dataclass(frozen=True)
class Form:
    """`fields` holds each name with its values in order, as `application/x-www-form-urlencoded` has them."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: tuple[tuple[str, str], ...] = ()

    @property
    def path(self) -> str:
        return urlsplit(self.action).path


def forms_in(page: bytes, address: str) -> Iterator[Form]:
    soup = BeautifulSoup(page, "html.parser", parse_only=SoupStrainer("form"))
    for element in soup.find_all("form"):
        action = urljoin(address, str(element.get("action") or "") or address)
        method = str(element.get("method") or "get").upper()
        fields: dict[str, list[str]] = {}
        buttons = []
        for each in element.find_all(["input", "select", "textarea", "button"]):
            name = str(each.get("name") or "")
            if not name or each.has_attr("disabled"):
                continue
            if each.name == "button" or each.get("type") in ("submit", "image"):
                buttons.append((name, str(each.get("value") or "")))
                continue
            values = values_of(each, checked=name in fields)
            if values is not None:
                fields.setdefault(name, []).extend(values)
        yield Form(action, method, fields, tuple(buttons))


def values_of(element: Tag, *, checked: bool) -> list[str] | None:
    """What `element` sends; None for a box or a file that nobody chose. Of radio buttons the first is chosen."""
    kind = str(element.get("type") or "text")
    if element.name == "select":
        options = element.find_all("option")
        chosen = [each for each in options if each.has_attr("selected") and each.get("value")]
        real = [each for each in options if each.get("value")]
        return [str(each.get("value")) for each in chosen or real[:1]] or [""]
    if element.name == "textarea":
        return [element.get_text() or guess(element)]
    if kind == "file":
        return None
    if kind in ("checkbox", "radio"):
        if element.has_attr("checked") or (kind == "radio" and not checked):
            return [str(element.get("value") or "on")]
        return None
    return [str(element.get("value") or guess(element))]


def guess(element: Tag) -> str:
    name: Any = element.get("name") or ""
    for ending, value in TYPED.items():
        if name.endswith(ending):
            return value
    return "Something" if element.has_attr("required") else ""
