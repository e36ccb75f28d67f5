"""Panels for what is entered in both languages: English and Arabic side by side, each in its own direction."""

from typing import Any

from django.forms import Select, TextInput, TimeInput
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

ENGLISH = {"lang": "en", "dir": "ltr"}
ARABIC = {"lang": "ar", "dir": "rtl"}
LEFT_TO_RIGHT = {"dir": "ltr"}


def both(field: str, *, long: bool = False) -> FieldRowPanel:
    """The columns `field`_en and `field`_ar beside each other; `long` for text of several lines."""
    widget: Any = AdminAutoHeightTextInput if long else TextInput
    return FieldRowPanel(
        [
            FieldPanel(f"{field}_en", widget=widget(attrs=ENGLISH)),
            FieldPanel(f"{field}_ar", widget=widget(attrs=ARABIC)),
        ]
    )


def names(*fields: str, heading: Any) -> MultiFieldPanel:
    return MultiFieldPanel([both(field) for field in fields], heading=heading)


def coded(field: str) -> FieldPanel:
    """A phone, address or code: left to right in either language."""
    return FieldPanel(field, widget=TextInput(attrs=LEFT_TO_RIGHT))


def from_until() -> list[FieldPanel]:
    clock = TimeInput(format="%H:%M", attrs={"type": "time", **LEFT_TO_RIGHT})
    return [FieldPanel("starts", widget=clock), FieldPanel("ends", widget=clock)]


def weekly_hours(relation: str, *, label: Any, heading: Any, at_location: bool) -> InlinePanel:
    first = [FieldPanel("weekday", widget=Select)]
    rows = [FieldRowPanel([*first, *from_until()])]
    if at_location:
        days = [FieldPanel("valid_from", widget=AdminDateInput), FieldPanel("valid_until", widget=AdminDateInput)]
        rows.append(FieldRowPanel([FieldPanel("location"), *days]))
    return InlinePanel(relation, panels=rows, label=label, heading=heading, classname="iyada-hours")


def extra_hours() -> InlinePanel:
    rows = [
        FieldRowPanel([FieldPanel("day", widget=AdminDateInput), *from_until()]),
        FieldPanel("location"),
    ]
    return InlinePanel("extra_hours", panels=rows, label=_("hours of one day"), heading=_("Extra hours"))


def reminders() -> InlinePanel:
    row = FieldRowPanel([FieldPanel("hours_before"), FieldPanel("channel", widget=Select)])
    return InlinePanel(
        "reminder_rules",
        panels=[row],
        label=_("reminder"),
        heading=_("Reminders"),
        help_text=_(
            "Who cannot be reached this way is reminded the other way. Nobody is reminded at night: what would fall "
            "into it comes the evening before. "
            "Without a reminder here, patients are reminded at 08:00 on the day before."
        ),
    )
