"""Images and documents: our own models from the first migration, so that they can grow columns."""

import secrets
from pathlib import PurePath

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from clinic.lib.references import new_reference


class MeasuredOnce:
    """Size and hash of an upload, taken from what was received: to take them later, Wagtail would fetch it again."""

    is_measured = False

    def measure(self) -> None:
        self.take_measures()
        self.is_measured = True

    def take_measures(self) -> None:
        raise NotImplementedError


class ClinicImage(MeasuredOnce, AbstractImage):
    """An image with alternative text in both languages; an empty text marks a decorative image."""

    alt_en = models.CharField(_("alternative text in English"), max_length=255, blank=True)
    alt_ar = models.CharField(_("alternative text in Arabic"), max_length=255, blank=True)

    # The texts before the file; Wagtail's own description, of one language, is left out.
    admin_form_fields = (
        "title",
        "alt_en",
        "alt_ar",
        *(name for name in Image.admin_form_fields if name not in {"title", "description"}),
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def get_upload_to(self, filename: str) -> str:
        """A name that no picture had before: what browsers keep for a year is never another picture's."""
        name = PurePath(filename)
        return str(super().get_upload_to(f"{name.stem[:50]}-{secrets.token_hex(4)}{name.suffix}"))

    def take_measures(self) -> None:
        super()._set_image_file_metadata()

    def _set_image_file_metadata(self) -> None:
        if not self.is_measured:
            self.take_measures()

    @property
    def default_alt_text(self) -> str:
        """The alternative text in the active language, else in the other one."""
        texts = (self.alt_ar, self.alt_en) if get_language() == "ar" else (self.alt_en, self.alt_ar)
        return next((text for text in texts if text), "")


class ClinicRendition(AbstractRendition):
    image = models.ForeignKey(ClinicImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_each")
        ]


class ClinicDocument(MeasuredOnce, AbstractDocument):
    """A file to download. Its address carries `reference`, so that nobody can count or guess the others."""

    reference = models.CharField(_("reference"), max_length=10, unique=True, default=new_reference, editable=False)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    def take_measures(self) -> None:
        super()._set_document_file_metadata()

    def _set_document_file_metadata(self) -> None:
        if not self.is_measured:
            self.take_measures()

    @property
    def url(self) -> str:
        return reverse("wagtaildocs_serve", args=[self.reference, self.filename])
