"""What every section of the home page is made of."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

ALL = _("None chosen shows the first ones in their order.")


class SectionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=90)
    text = blocks.CharBlock(label=_("Text"), required=False, default="", max_length=240)

    class Meta:
        label_format = "{label}: {title}"

    def items(self, value: Mapping[str, Any], around: Mapping[str, Any]) -> object:
        """What the section shows, as `items` in its template; `around` is what the page's template knows."""
        return None

    def get_context(self, value: Mapping[str, Any], parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "items": self.items(value, parent_context or {})}
