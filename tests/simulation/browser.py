"""Somebody's browser: pages, forms, and a person who tries again when the connection breaks."""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
from bs4 import BeautifulSoup, Tag

from tests.simulation.journal import Journal

PATIENCE = 120.0  # seconds for which somebody tries again while nothing answers
PAUSE = 0.5
FORBIDDEN = 403


class Page:
    """An answer. `again` says that it is the answer to a repetition: the first request may have been heard too."""

    def __init__(self, answer: httpx.Response, *, again: bool) -> None:
        self.answer = answer
        self.status = answer.status_code
        self.path = answer.url.path
        self.again = again
        self._soup: BeautifulSoup | None = None

    @property
    def soup(self) -> BeautifulSoup:
        self._soup = self._soup or BeautifulSoup(self.answer.text, "html.parser")
        return self._soup

    def all(self, selector: str) -> list[Tag]:
        return list(self.soup.select(selector))

    def form(self, field: str) -> "Form | None":
        """The first form with a control of this name."""
        return next(self.forms(field), None)

    def forms(self, field: str) -> Iterator["Form"]:
        for tag in self.all("form"):
            if tag.select_one(f'[name="{field}"]'):
                yield Form(tag, self.path)

    def text(self, selector: str) -> str:
        found = self.soup.select_one(selector)
        return found.get_text(" ", strip=True) if found else ""


class Form:
    """What a browser would send of a form as it stands, without its buttons."""

    def __init__(self, tag: Tag, path: str) -> None:
        self.tag = tag
        self.action = str(tag.get("action") or path)
        self.values: dict[str, list[str]] = {}
        for control in tag.select("input[name], select[name], textarea[name]"):
            self.values.setdefault(str(control["name"]), []).extend(values_of(control))
        self.values = {name: values for name, values in self.values.items() if values}

    def options(self, name: str) -> list[str]:
        """The values that a select or the buttons of this name offer."""
        found = self.tag.select(
            f'select[name="{name}"] option, button[name="{name}"], input[type=radio][name="{name}"]'
        )
        return [str(each["value"]) for each in found if each.get("value")]


def values_of(control: Tag) -> list[str]:
    if control.name == "textarea":
        return [control.get_text()]
    if control.name == "select":
        chosen = control.select("option[selected]") or control.select("option")[:1]
        return [str(each.get("value", "")) for each in chosen]
    kind = control.get("type", "text")
    if kind in ("checkbox", "radio"):
        return [str(control.get("value", "on"))] if control.has_attr("checked") else []
    return [] if kind in ("submit", "button", "file") else [str(control.get("value", ""))]


class Browser:
    """One person's. Every answer of the server that tells of a fault of its own goes into the journal."""

    def __init__(self, address: str, journal: Journal, *, who: str) -> None:
        self.journal = journal
        self.who = who
        self.client = httpx.Client(base_url=address, timeout=60, follow_redirects=True)

    def close(self) -> None:
        self.client.close()

    def get(self, path: str, **query: Any) -> Page:
        return self._send("GET", path, params=query or None)

    def submit(self, form: Form, *, headers: dict[str, str] | None = None, **values: Any) -> Page:
        """Send `form` with `values` in place of its own."""
        return self._send("POST", form.action, data={**form.values, **values}, headers=headers)

    def _send(self, method: str, path: str, **rest: Any) -> Page:
        began, again = time.monotonic(), False
        until = began + PATIENCE
        while True:
            try:
                answer = self.client.request(method, path, **rest)
            except httpx.TransportError as fault:
                if time.monotonic() > until:
                    self.journal.fault(f"{method} {place(path)}: no answer for {PATIENCE:.0f} s ({fault!r})")
                    raise
                again = True
                self.journal.count("broken connections")
                time.sleep(PAUSE)
                continue
            self.journal.count("requests")
            self.journal.slowest = max(self.journal.slowest, time.monotonic() - began)
            if answer.is_server_error or answer.status_code == FORBIDDEN:
                self.journal.fault(f"{self.who}: {method} {place(path)} was answered with {answer.status_code}")
            return Page(answer, again=again)


def place(path: str) -> str:
    """An address as it may stand in a log: without tokens."""
    return "/".join(part if len(part) < 24 else "…" for part in urlsplit(path).path.split("/"))
