"""What editors pick from the directory."""

from typing import Any

from wagtail import blocks


class SlugsBlock(blocks.MultipleChoiceBlock):
    """Slugs of rows that `choices` lists. Showing them asks the database nothing; only the editor's form does."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"search_index": False, "default": list, **kwargs})

    def normalize_choice(self, value: object) -> str:
        return str(value)
