"""Uploads of editors. A file is stored while the form is checked, so that a store that is away is told there."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm

AWAY = _(
    "The file could not be stored, because the store does not answer at the moment. What you typed is kept. "
    "Choose the file again in a few minutes."
)


class StoredAtOnce:
    """For forms of Wagtail's images and documents. Must stand before them in the list of parents."""

    instance: Any
    original_file: Any
    errors: Any
    changed_data: list[str]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if "file" not in self.changed_data or self.errors or not self.instance.file:
            return
        self.instance.measure()
        file = self.instance.file
        try:
            file.save(file.name, file.file, save=False)
        except OSError:
            # As it was: the form is shown again, with what is stored. Through the descriptor, which would look into
            # the store for the dimensions, it cannot be put back.
            self.instance.__dict__["file"] = self.original_file
            self.instance.is_measured = False
            self.add_error("file", AWAY)  # type: ignore[attr-defined]


class DocumentForm(StoredAtOnce, BaseDocumentForm):
    pass
