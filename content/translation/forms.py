"""The words of a source beside a field for each in the other language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.admin.widgets import AdminAutoHeightTextInput

from content.translation.marks import difference, shown
from content.translation.texts import Text

FEW = ("bold", "ul", "ol", "link")


@dataclass(frozen=True, slots=True)
class Pair:
    """One text of the source, if it has it, and the field for its translation."""

    label: str
    source: SafeString | str
    changed: SafeString | str
    is_copy: bool
    field: forms.BoundField


class WordsForm(forms.Form):
    """A field for each text. `seen` is the draft that was looked at, so that no other one is written over."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, source: Iterable[Text], target: Iterable[Text], *args: Any, language: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.source, self.target = {text.path: text for text in source}, {text.path: text for text in target}
        for path, text in {**self.target, **self.source}.items():
            self.fields[path] = field_for(text, self.target.get(path), language)
        self.order_fields([*self.source, *self.target])

    def add_prefix(self, field_name: str) -> str:
        """Names without dots: Draftail finds its field by a selector made of the id."""
        return str(super().add_prefix(field_name)).replace(".", "--")

    def pairs(self, before: Mapping[str, Text] | None, source_language: str) -> list[Pair]:
        """`before` are the words of the source that the translation was made from, where they are known."""
        found = []
        for path in dict.fromkeys([*self.source, *self.target]):
            text, own = self.source.get(path), self.target.get(path)
            old = before.get(path) if before is not None else text
            changed = text is not None and before is not None and (old is None or old.words != text.words)
            found.append(
                Pair(
                    label=(text or own).label,  # type: ignore[union-attr]
                    source=shown(text, source_language) if text else "",
                    changed=difference(old, text) if changed else "",
                    is_copy=bool(text and own and text.words == own.words),
                    field=self[path],
                )
            )
        return found

    def words(self) -> dict[str, str]:
        """What was changed, by path; an empty field of a block that the translation lacks adds nothing."""
        data = {path: value or "" for path, value in self.cleaned_data.items() if path != "seen"}
        return {
            path: value
            for path, value in data.items()
            if (value != self.target[path].words if path in self.target else value)
        }


def field_for(text: Text, own: Text | None, language: str) -> forms.CharField:
    attrs = {"lang": language, "dir": "auto"}
    long = text.long or bool(own and own.long)
    widget: Any = AdminAutoHeightTextInput(attrs=attrs) if long else forms.TextInput(attrs=attrs)
    if text.rich:
        widget = get_rich_text_editor_widget("default", features=list(text.features or FEW))
    return forms.CharField(
        label=text.label,
        initial=own.words if own else "",
        required=text.required,
        max_length=text.max_length,
        widget=widget,
        strip=not text.rich,
    )


class CatalogueForm(forms.Form):
    file = forms.FileField(
        label=_("PO file"),
        help_text=_("At most five megabytes. What it holds becomes a draft; nothing is published."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > 5_000_000:
            raise forms.ValidationError(_("This file is larger than five megabytes."))
        return file
