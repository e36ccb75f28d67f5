"""Items of menus and footers. Their depth is limited here: a group holds links, never groups."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks import FooterLinkBlock, LinkBlock


class GroupBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Label"), max_length=60)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=1, max_num=12)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Group of links")
        label_format = "{label}"


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
