"""Text that a clinic enters twice: a column for each language, shown in the reader's."""

from typing import Any

from django.db import models
from django.utils.translation import get_language


def in_language(subject: Any, field: str, language: str | None = None) -> str:
    """The text of `field` in `language` ("en" or "ar"; the active one by default), else in the other one.

    `subject` is a model's instance, or a named row that was read of it.
    """
    first, second = ("ar", "en") if (language or get_language() or "en").startswith("ar") else ("en", "ar")
    text: str = getattr(subject, f"{field}_{first}") or getattr(subject, f"{field}_{second}")
    return text


class Bilingual:
    """`name = Bilingual()` reads `name_en` or `name_ar` in the active language, else the other one."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.field = name

    def __get__(self, subject: models.Model | None, owner: type) -> str:
        return in_language(subject, self.field) if subject is not None else ""
