"""Items of menus and footers, three levels deep at most: a group holds links and sections, a section links only."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from content.blocks import FooterLinkBlock, LinkBlock


class SectionBlock(blocks.StructBlock):
    """Links of a group that belong together under a heading of their own."""

    label = blocks.CharBlock(label=_("Label"), max_length=60)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=1, max_num=8)

    class Meta:
        icon = "list-ul"
        label = _("Section")
        label_format = "{label}"


class GroupBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Label"), max_length=60)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), default=[], max_num=12)
    sections = blocks.ListBlock(
        SectionBlock(),
        label=_("Sections"),
        default=[],
        max_num=4,
        help_text=_("For long menus: links under headings of their own, below the links of the group."),
    )

    class Meta:
        icon = "folder-open-inverse"
        label = _("Group of links")
        label_format = "{label}"

    def clean(self, value: Mapping[str, Any]) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not (cleaned["links"] or cleaned["sections"]):
            raise StructBlockValidationError({"links": ValidationError(_("Add a link or a section."))})
        return cleaned


class MenuBlock(blocks.StreamBlock):
    link = LinkBlock()
    group = GroupBlock()

    class Meta:
        max_num = 8


class ColumnBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=60)
    links = blocks.ListBlock(FooterLinkBlock(), label=_("Links"), min_num=1, max_num=12)

    class Meta:
        icon = "list-ul"
        label = _("Column")
        label_format = "{heading}"


class FooterBlock(blocks.StreamBlock):
    column = ColumnBlock()

    class Meta:
        max_num = 4
