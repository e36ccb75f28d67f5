from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class PictureBlock(blocks.StructBlock):
    """An image of the library with its alternative text in the reader's language."""

    image = ImageChooserBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, default="", max_length=200)
    decorative = blocks.BooleanBlock(
        label=_("Decorative"), required=False, help_text=_("It says nothing that the text does not say.")
    )

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("A photograph or drawing of the library across the text, with a caption.")
        template = "content/blocks/picture.html"
        preview_template = "content/blocks/previews/picture.html"
        preview_value = {"image": None, "caption": _("The entrance of the clinic"), "decorative": False}


class GalleryBlock(blocks.StructBlock):
    pictures = blocks.ListBlock(PictureBlock(), label=_("Images"), min_num=2, max_num=12)

    class Meta:
        icon = "image"
        label = _("Images side by side")
        description = _("Two to twelve images beside each other, each with its caption.")
        template = "content/blocks/gallery.html"
        preview_template = "content/blocks/previews/gallery.html"
        preview_value = {"pictures": [{"image": None, "caption": _("The waiting room"), "decorative": False}] * 2}
