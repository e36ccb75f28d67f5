from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.actions import CallToActionBlock, ContactBlock
from content.blocks.facts import InstructionsBlock, KeyFactsBlock, QuoteBlock, TableBlock
from content.blocks.files import DocumentBlock
from content.blocks.links import FooterLinkBlock, LinkBlock
from content.blocks.people import DoctorCardsBlock, ServiceListBlock
from content.blocks.pictures import GalleryBlock, PictureBlock
from content.blocks.questions import FaqBlock
from content.blocks.text import TEXT_FEATURES, CalloutBlock, CareCardBlock, HeadingBlock, TextBlock

__all__ = ["BodyBlock", "FooterLinkBlock", "LinkBlock"]


class BodyBlock(blocks.StreamBlock):
    """The body of a page: a heading opens a part, text and the rest follow."""

    heading = HeadingBlock(max_length=120, group=_("Text"))
    text = TextBlock(features=TEXT_FEATURES, group=_("Text"))
    steps = InstructionsBlock(group=_("Text"))
    key_facts = KeyFactsBlock(group=_("Text"))
    table = TableBlock(group=_("Text"))
    quote = QuoteBlock(group=_("Text"))
    image = PictureBlock(group=_("Images and files"))
    gallery = GalleryBlock(group=_("Images and files"))
    document = DocumentBlock(group=_("Images and files"))
    callout = CalloutBlock(group=_("Attention"))
    care_card = CareCardBlock(group=_("Attention"))
    faq = FaqBlock(group=_("Parts"))
    doctors = DoctorCardsBlock(group=_("Parts"))
    services = ServiceListBlock(group=_("Parts"))
    call_to_action = CallToActionBlock(group=_("Parts"))
    contact = ContactBlock(group=_("Parts"))

    class Meta:
        max_num = 80
        block_counts = {"contact": {"max_num": 1}, "care_card": {"max_num": 9}}
