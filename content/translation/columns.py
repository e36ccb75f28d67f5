"""The status of translations as a column of a listing, in two queries for the whole of it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn

from content.translation.statuses import LANGUAGES, Status, Subject, subjects_for


def tags_of(subject: Subject, own: str) -> list[dict[str, Any]]:
    """What to say of a page or snippet in the language `own`: the other languages, and itself where it is behind."""
    tags = [tag(subject, language) for language in LANGUAGES if language != own]
    if subject.status(own) == Status.OLDER:
        tags.insert(0, tag(subject, own))
    return tags


def tag(subject: Subject, language: str) -> dict[str, Any]:
    return {"language": LANGUAGES[language], "code": language, "status": subject.status(language)}


class TranslationColumn(BaseColumn):
    cell_template_name = "translation/column.html"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("translation", **{"label": _("Translation"), "width": "14%", **kwargs})

    def get_cell_context_data(self, instance: Any, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        table: Any = parent_context["table"]
        if not hasattr(table, "translation_subjects"):
            table.translation_subjects = subjects_for(list(table.data))
        subject = table.translation_subjects.get(instance.translation_key)
        context["tags"] = tags_of(subject, instance.locale.language_code) if subject else []
        return context
