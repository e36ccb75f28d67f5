"""Blocks of a seed file as the raw data of a StreamField, in one language, with ids that never change.

A value that is a table of `en` and `ar` stands in both languages; every other value is the same in both. The ids
of blocks are the same in both languages and in every installation, because translations are tied by them.
"""

import re
from collections.abc import Mapping
from typing import Any

from content.models import ClinicImage
from home.starter.ledger import stable_id

PAGE_IN_TEXT = re.compile(r'linktype="page" id="([a-z/-]+)"')


class Streams:
    """Builds blocks in `language`; `pages` are the ids of its pages by slug, `images` those of images by file."""

    def __init__(self, language: str, *, pages: Mapping[str, int], images: Mapping[str, ClinicImage | None]) -> None:
        self.language = language
        self.pages = pages
        self.images = images

    def build(self, key: str, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The blocks of the stream `key`, which is the same in both languages, as in "page:about:body"."""
        return [
            {
                "type": block["type"],
                "id": str(stable_id(f"{key}:{number}")),
                "value": (
                    self.words(block["value"])
                    if block["type"] == "table"
                    else self.value(f"{key}:{number}", block["value"])
                ),
            }
            for number, block in enumerate(blocks)
        ]

    def value(self, key: str, value: Any) -> Any:
        if isinstance(value, dict):
            if value.keys() == {"en", "ar"}:
                return self.value(key, value[self.language])
            return {name: self.member(f"{key}:{name}", name, each) for name, each in value.items()}
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return [
                {
                    "type": "item",
                    "id": str(stable_id(f"{key}:{number}")),
                    "value": self.value(f"{key}:{number}", each),
                }
                for number, each in enumerate(value)
            ]
        if isinstance(value, str):
            return PAGE_IN_TEXT.sub(lambda found: f'linktype="page" id="{self.pages[found[1]]}"', value)
        return value

    def words(self, value: Any) -> Any:
        """A value whose lists are plain ones, as those of a table."""
        if isinstance(value, dict):
            one = value.keys() == {"en", "ar"}
            return value[self.language] if one else {name: self.words(each) for name, each in value.items()}
        return [self.words(each) for each in value] if isinstance(value, list) else value

    def member(self, key: str, name: str, value: Any) -> Any:
        """A field of a struct: pages are named by their slug and images by their file."""
        if name == "page":
            return self.pages.get(value)
        if name == "image":
            image = self.images.get(value)
            return image.pk if image else None
        return self.value(key, value)
