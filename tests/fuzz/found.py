"""All forms that our pages show, each with what it would send: found as a person finds them, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.urls import Resolver404, resolve

from clinic.accounts.enums import Role
from clinic.desk.forms.booking import ChosenTime
from tests.fuzz.addresses import Address
from tests.fuzz.forms import Form, forms_in
from tests.fuzz.knocking import Knock
from tests.fuzz.town import FREE, NOW, STRANGER, Town


@dataclass(frozen=True)
class Found:
    """A form, who sees it, and the address that takes it."""

    form: Form
    who: str
    address: Address

    def __str__(self) -> str:
        return f"{self.address} ({', '.join(sorted(self.form.fields))[:80]})"


def knocks_at(town: Town, addresses: list[Address]) -> Iterator[Knock]:
    """Every page, and those that a person comes to by a first step."""
    for address in addresses:
        if not address.is_written_here:
            continue
        path = address.path(partial(town.value, address), "en")
        who = Role.CLINICIAN if "my-calendar" in path else Role.ADMINISTRATOR
        yield Knock(who if address.is_guarded else STRANGER, "GET", path, town.query(address))
    yield from steps(town)


def steps(town: Town) -> Iterator[Knock]:
    slot = "~".join(value for _name, value in town.choice)
    yield Knock(STRANGER, "GET", "/en/book/skin-check/details/", town.choice)
    yield Knock(STRANGER, "GET", f"/en/book/move/{town.tokens['book/move/']}/", (("slot", slot),))
    time = str(ChosenTime(town.doctor.pk, town.location.pk, FREE))
    what = {"service": town.service.pk, "day": FREE.date(), "practitioner": town.doctor.pk, "time": time}
    asked = {**what, "location": town.location.pk, "patient": town.patient.reference}
    yield Knock(Role.RECEPTIONIST, "GET", "/admin/appointments/book/", pairs(asked))
    again = {**asked, "unit": "WEEKLY", "every": 1, "times": 3, "do": "preview", "language": "en"}
    yield Knock(Role.RECEPTIONIST, "POST", "/admin/appointments/book/", (), pairs(again))
    leave = {"what": f"resource.{town.doctor.pk}", "first_day": NOW.date(), "last_day": FREE.date(), "do": "look"}
    yield Knock(Role.RECEPTIONIST, "POST", "/admin/leave/new/", (), pairs(leave))


def pairs(fields: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in fields.items())


def find_forms(town: Town, addresses: list[Address]) -> list[Found]:
    """Each form once, whatever its page."""
    by_view = {address.view: address for address in reversed(addresses)}
    found: dict[tuple[Any, ...], Found] = {}
    for knock in knocks_at(town, addresses):
        with transaction.atomic():
            answer = knock.at(town)
            page = answer.getvalue()
            transaction.set_rollback(True)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for form in forms_in(page, knock.path):
            address = taken_by(form, by_view)
            if address:
                key = (address.route, form.method, *sorted(form.fields))
                found.setdefault(key, Found(form, knock.who, address))
    return list(found.values())


def taken_by(form: Form, by_view: dict[Any, Address]) -> Address | None:
    try:
        view: Any = resolve(urlsplit(form.action).path).func
    except Resolver404:
        return None
    return by_view.get(getattr(view, "view_class", None) or view)
