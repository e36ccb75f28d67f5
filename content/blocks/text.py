"""What editors write in the body of a page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

TEXT_FEATURES = ["h3", "h4", "bold", "ul", "ol", "link", "document-link"]
SHORT_FEATURES = ["bold", "ul", "ol", "link"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Opens a part of the page. The table of contents leads to it.")
        template = "content/blocks/heading.html"
        preview_value = _("What to bring with you")


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, lists and smaller headings.")
        template = "content/blocks/text.html"
        preview_value = _("Please come ten minutes before your visit and bring the medicines that you take.")


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, default="", max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Note")
        description = _("A remark that stands out from the text.")
        template = "content/blocks/callout.html"
        preview_value = {"title": _("Good to know"), "text": _("Parking in front of the clinic is free for patients.")}


class CareCardBlock(blocks.StructBlock):
    """When to get which help, after the care cards of https://service-manual.nhs.uk/design-system."""

    urgency = blocks.ChoiceBlock(
        label=_("Urgency"),
        choices=[
            ("routine", _("Routine: book a visit")),
            ("urgent", _("Urgent: call today")),
            ("emergency", _("Emergency: act now")),
        ],
        default="routine",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_FEATURES)

    class Meta:
        icon = "warning"
        label = _("Care card")
        description = _("When to get which help, in three urgencies. Few on a page.")
        label_format = "{urgency}: {title}"
        template = "content/blocks/care_card.html"
        preview_value = {
            "urgency": "urgent",
            "title": _("Call us today if"),
            "text": _("your child has had a fever for three days."),
        }
