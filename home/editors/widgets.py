"""Fields of the editor that hold more than a line."""

from typing import Any

from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminAutoHeightTextInput

ONE_LINE = 255  # letters: titles keep a line, summaries and introductions grow with their words


def widget_for(field: models.CharField[Any, Any]) -> dict[str, Any]:
    long = (field.max_length or 0) > ONE_LINE and not field.choices
    return {"widget": AdminAutoHeightTextInput} if long else {}


def register_widgets() -> None:
    register_form_field_override(models.CharField, override=widget_for, exact_class=True)
