"""What every snippet of the site's frame can do: drafts, preview, workflow, locking, scheduling, both languages."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.template.response import SimpleTemplateResponse
from django.utils.translation import override
from wagtail.admin.panels import PublishingPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from content.previews import SIZES


class EditorialSnippet(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, TranslatableMixin, models.Model
):
    """One row for each language, tied by `translation_key`. Shown as it would be on the site in previews."""

    objects = models.Manager()

    class Meta(TranslatableMixin.Meta):
        abstract = True

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        return SIZES

    def serve_preview(self, request: HttpRequest, mode_name: str) -> SimpleTemplateResponse:
        """In the language of the snippet, whichever one the editor reads the back office in."""
        with override(self.locale.language_code):
            response: SimpleTemplateResponse = super().serve_preview(request, mode_name)
            return response.render()

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "home/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        return {**super().get_preview_context(request, mode_name), "previewed": self}


PUBLISHING = PublishingPanel()
