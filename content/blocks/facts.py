"""What is better seen at a glance than read: a table, key facts, steps one after the other, a quotation."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from content.blocks.text import SHORT_FEATURES


class TableBlock(TypedTableBlock):
    """Rows and columns with a caption; screen readers say the heading of a column with each cell."""

    def __init__(self, **kwargs: Any) -> None:
        columns = [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            ("number", blocks.CharBlock(label=_("Number"), required=False)),
        ]
        super().__init__(columns, **kwargs)

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Prices, times or doses in rows and columns. Give it a caption.")
        template = "content/blocks/table.html"

    def get_preview_value(self) -> Any:
        rows = [(_("First visit"), "30"), (_("Follow-up visit"), "15")]
        return self.to_python(
            {
                "columns": [{"type": "text", "heading": _("Visit")}, {"type": "number", "heading": _("Minutes")}],
                "rows": [{"values": row} for row in rows],
                "caption": _("How long visits take"),
            }
        )


class FactBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=60)
    value = blocks.CharBlock(label=_("Fact"), max_length=160)

    class Meta:
        icon = "tag"
        label = _("Fact")
        label_format = "{name}: {value}"


class KeyFactsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, default="", max_length=120)
    facts = blocks.ListBlock(FactBlock(), label=_("Facts"), min_num=1, max_num=12)

    class Meta:
        icon = "clipboard-list"
        label = _("Key facts")
        description = _("Short facts, each with a name: how long it takes, what it costs, whether to come fasting.")
        template = "content/blocks/key_facts.html"
        preview_value = {
            "title": _("At a glance"),
            "facts": [
                {"name": _("Takes"), "value": _("20 minutes")},
                {"name": _("Before it"), "value": _("Eat nothing for eight hours")},
            ],
        }


class InstructionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=90)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_FEATURES, required=False)

    class Meta:
        icon = "tick"
        label = _("Step")
        label_format = "{title}"


class InstructionsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, default="", max_length=120)
    steps = blocks.ListBlock(InstructionBlock(), label=_("Steps"), min_num=2, max_num=12)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("What to do, one step after the other, with numbers.")
        template = "content/blocks/instructions.html"
        preview_value = {
            "title": _("How to take the sample"),
            "steps": [
                {"title": _("Wash your hands"), "text": _("With soap, for twenty seconds.")},
                {"title": _("Open the kit"), "text": _("Check the date on it first.")},
            ],
        }


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"), max_length=400, rows=3)
    name = blocks.CharBlock(label=_("Who says it"), required=False, default="", max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("What somebody said or wrote, with the name. Ask patients before you quote them.")
        template = "content/blocks/quote.html"
        preview_value = {
            "text": _("They took the time to explain everything to my mother."),
            "name": _("A patient’s daughter, Amman"),
        }
