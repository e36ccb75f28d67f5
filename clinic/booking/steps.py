"""Where a visitor stands in the booking: three steps, or four with a code, then the visit is booked."""

from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _


class Step(TypedDict):
    title: str
    state: str
    url: str


def steps(current: int, *, times_url: str = "", has_code: bool = False) -> list[Step]:
    """`current` counts from 1; steps before it are links back. `times_url` is where the second one was."""
    titles = [_("Service"), _("Doctor and time"), _("Your details")]
    urls = [reverse("booking:start"), times_url, ""]
    if has_code:
        titles.append(_("Code"))
        urls.append("")
    return [
        Step(title=title, state=state_of(number, current), url=url if number < current else "")
        for number, (title, url) in enumerate(zip(titles, urls, strict=True), start=1)
    ]


def state_of(number: int, current: int) -> str:
    if number == current:
        return "current"
    return "done" if number < current else "next"
