"""Files to download."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock


class DocumentBlock(blocks.StructBlock):
    """A document with its kind and size, so that nobody is surprised; `language` is that of its text."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"),
        required=False,
        default="",
        max_length=120,
        help_text=_("Empty shows the title of the document."),
    )
    language = blocks.ChoiceBlock(
        label=_("Language of the document"),
        choices=[("en", _("English")), ("ar", _("Arabic"))],
        required=False,
        default="",
    )

    class Meta:
        icon = "doc-full"
        label = _("Document to download")
        description = _("A leaflet or a form of the library, with its kind, size and language.")
        template = "content/blocks/document.html"
        preview_template = "content/blocks/previews/document.html"
        preview_value = {"document": None, "title": _("Before your operation"), "language": "ar"}
