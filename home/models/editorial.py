"""What every snippet of the site's frame can do: drafts, preview, workflow, locking, scheduling, both languages."""

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import PublishingPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)


class EditorialSnippet(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, TranslatableMixin, models.Model
):
    """One row for each language, tied by `translation_key`. Shown as it would be on the site in previews."""

    objects = models.Manager()

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "home/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        return {**super().get_preview_context(request, mode_name), "previewed": self}


PUBLISHING = PublishingPanel()
