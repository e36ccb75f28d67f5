"""Questions and answers, on a page of their own or as a part of another one."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.text import SHORT_FEATURES


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("Answer"), features=SHORT_FEATURES)

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{question}"


class FaqBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, default="", max_length=120)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        description = _("Answers that open when a question is pressed. Search engines are told of them.")
        template = "content/blocks/faq.html"
        preview_value = {
            "title": _("Questions"),
            "questions": [
                {"question": _("Do I need a referral?"), "answer": _("No. You can book with every doctor yourself.")}
            ],
        }


class QuestionGroupsBlock(blocks.StreamBlock):
    """The questions of a page, in groups."""

    faq = FaqBlock()

    class Meta:
        max_num = 20
