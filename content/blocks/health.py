"""What stands under a health topic: where its facts come from, and what to read next."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.links import LinkBlock


class SourceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    publisher = blocks.CharBlock(label=_("Published by"), required=False, default="", max_length=120)
    year = blocks.IntegerBlock(label=_("Year"), required=False, min_value=1900, max_value=2100)
    address = blocks.URLBlock(label=_("Web address"), required=False, default="")

    class Meta:
        icon = "openquote"
        label = _("Source")
        label_format = "{title}"
        preview_value = {"title": _("Fever in under 5s"), "publisher": "NICE", "year": 2021}


class SourcesBlock(blocks.StreamBlock):
    source = SourceBlock()

    class Meta:
        max_num = 20


class RelatedBlock(blocks.StreamBlock):
    link = LinkBlock()

    class Meta:
        max_num = 8
