from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.actions import CallToActionBlock, ContactBlock
from content.blocks.links import FooterLinkBlock, LinkBlock
from content.blocks.pictures import PictureBlock
from content.blocks.text import TEXT_FEATURES, CalloutBlock, CareCardBlock, FaqBlock, HeadingBlock, TextBlock

__all__ = ["BodyBlock", "FooterLinkBlock", "LinkBlock"]


class BodyBlock(blocks.StreamBlock):
    """The body of a page: a heading opens a part, text and the rest follow."""

    heading = HeadingBlock(max_length=120)
    text = TextBlock(features=TEXT_FEATURES)
    image = PictureBlock()
    callout = CalloutBlock(group=_("Attention"))
    care_card = CareCardBlock(group=_("Attention"))
    faq = FaqBlock(group=_("Parts"))
    call_to_action = CallToActionBlock(group=_("Parts"))
    contact = ContactBlock(group=_("Parts"))
