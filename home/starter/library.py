"""The library of pictures: what `site/seed/pictures/library.toml` describes, loaded when a page asks for it."""

from collections.abc import Iterator, Mapping

from content.models import ClinicImage
from home.starter.files import read_data
from home.starter.images import load_image
from home.starter.ledger import Ledger


class Library(Mapping[str, ClinicImage | None]):
    """Images by file, as in "pictures/team"; None for one that an editor has deleted."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.entries = {f"pictures/{row['file']}": row for row in read_data("pictures/library")["picture"]}
        self.loaded: dict[str, ClinicImage | None] = {}

    def __getitem__(self, name: str) -> ClinicImage | None:
        if name not in self.loaded:
            row = self.entries[name]
            alternatives = {f"alt_{language}": row.get("alt", {}).get(language, "") for language in ("en", "ar")}
            self.loaded[name] = load_image(self.ledger, name, title=row["title"], **alternatives)
        return self.loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)
