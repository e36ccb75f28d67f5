"""Where a link leads: exactly one of a page, a part of the site, an address and a phone number."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from clinic.lib.phone import to_e164
from content.routes import route_choices

TARGETS = ("page", "route", "address", "phone")


class LinkBlock(blocks.StructBlock):
    """Label and target. An empty label shows the title of the page in the reader's language."""

    label = blocks.CharBlock(
        label=_("Label"),
        required=False,
        default="",
        max_length=60,
        help_text=_("Leave empty to show the title of the page."),
    )
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    route = blocks.ChoiceBlock(label=_("Part of the site"), choices=route_choices, required=False, default="")
    address = blocks.URLBlock(
        label=_("Web address"), required=False, default="", help_text=_("As in https://example.org")
    )
    phone = blocks.CharBlock(label=_("Phone"), required=False, default="", max_length=24)

    class Meta:
        required = True
        icon = "link"
        label = _("Link")
        label_format = "{label} {page} {route} {address} {phone}"
        preview_value = {"label": _("Book an appointment"), "route": "book"}

    def clean(self, value: Mapping[str, Any]) -> blocks.StructValue:
        cleaned = super().clean(value)
        given = [target for target in TARGETS if cleaned.get(target)]
        if not given:
            if self.meta.required and not self.is_deferred_validation:
                raise StructBlockValidationError(
                    non_block_errors=[ValidationError(_("Choose a page, a part of the site, an address or a phone."))]
                )
            return cleaned
        if len(given) > 1:
            fault = ValidationError(_("A link leads to one place only: leave the other fields empty."))
            raise StructBlockValidationError(dict.fromkeys(given[1:], fault))
        if given == ["address"] and not cleaned.get("label"):
            raise StructBlockValidationError({"label": ValidationError(_("Say in words where the address leads."))})
        if given == ["phone"]:
            try:
                cleaned["phone"] = to_e164(cleaned["phone"])
            except ValidationError as fault:
                raise StructBlockValidationError({"phone": fault}) from None
        return cleaned


class FooterLinkBlock(LinkBlock):
    """A link with a key by which programs find it, as in "privacy"."""

    key = blocks.RegexBlock(
        r"^[a-z0-9-]{1,40}$",
        label=_("Key"),
        required=False,
        default="",
        help_text=_("A name for programs, of small letters, digits and hyphens; the same in both languages."),
        error_messages={"invalid": _("Use small letters, digits and hyphens.")},
    )

    class Meta:
        label = _("Footer link")
