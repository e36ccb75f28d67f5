from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from content.blocks import LinkBlock


class HeroBlock(blocks.StructBlock):
    """The first thing that visitors see. Without an image of its own it shows the house's drawing."""

    title = blocks.CharBlock(label=_("Title"), max_length=90)
    text = blocks.TextBlock(label=_("Text"), required=False, default="", max_length=300, rows=3)
    button = LinkBlock(label=_("Button"), required=False)
    second_button = LinkBlock(label=_("Second button"), required=False)
    image = ImageChooserBlock(label=_("Background image"), required=False)

    class Meta:
        icon = "desktop"
        label = _("Hero")
        label_format = "{title}"
        template = "home/blocks/hero.html"
        preview_value = {
            "title": _("Good care starts with an open door"),
            "text": _("Find a doctor and book a time that suits you."),
            "button": {"label": _("Book an appointment"), "route": "book"},
        }


class HeroStreamBlock(blocks.StreamBlock):
    """The first hero opens the page; others follow below it."""

    hero = HeroBlock()

    class Meta:
        max_num = 3
