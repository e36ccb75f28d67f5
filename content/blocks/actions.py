"""What leads readers on: a button with a reason, the ways to reach a location."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from clinic.directory.queries import open_locations
from content.blocks.choices import SlugsBlock
from content.blocks.links import LinkBlock
from content.choices import location_choices


class CallToActionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.CharBlock(label=_("Text"), required=False, default="", max_length=240)
    link = LinkBlock(label=_("Button"))

    class Meta:
        icon = "rocket"
        label = _("Call to action")
        description = _("A coloured band with a button.")
        template = "content/blocks/call_to_action.html"
        preview_value = {
            "title": _("See a doctor this week"),
            "text": _("Choose a time that suits you; it takes two minutes."),
            "link": {"label": _("Book an appointment"), "route": "book"},
        }


class ContactBlock(blocks.StructBlock):
    """Address, phone and e-mail from the directory: nothing is typed twice."""

    title = blocks.CharBlock(label=_("Title"), required=False, default="", max_length=120)
    locations = SlugsBlock(
        label=_("Locations"), choices=location_choices, required=False, help_text=_("None chosen shows all of them.")
    )

    class Meta:
        icon = "mail"
        label = _("Contact details")
        description = _("Addresses, phones and opening hours of the directory.")
        template = "content/blocks/contact.html"
        preview_value = {"title": _("Where to find us"), "locations": []}

    def get_context(self, value: Mapping[str, Any], parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        locations = open_locations()
        if value.get("locations"):
            locations = locations.filter(slug__in=value["locations"])
        context["locations"] = locations
        return context
