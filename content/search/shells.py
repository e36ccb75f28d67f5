"""What editors have written about a row of the directory, which is shown on the page of that row."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from content.models import DoctorPage, ServicePage
from content.models.shells import RowPage
from content.restrictions import is_restricted
from content.search.enums import Kind
from content.search.pages import TEXTS, texts_of
from content.search.subjects import joined

SHELLS: dict[Kind, type[RowPage]] = {Kind.DOCTOR: DoctorPage, Kind.SERVICE: ServicePage}


@dataclass(frozen=True, slots=True)
class Shell:
    text: str
    hidden: bool  # from search engines, and so from the search of the site


NOTHING = Shell("", hidden=False)


def shells_of(kind: Kind, keys: Iterable[int]) -> dict[tuple[int, str], Shell]:
    """The published shells of the rows `keys`, by key and language."""
    model = SHELLS.get(kind)
    if model is None:
        return {}
    row = f"{model.row_field}_id"
    pages = model.objects.live().filter(~is_restricted(), **{f"{row}__in": list(keys)})
    return {(getattr(page, row), page.language): shell_of(page) for page in pages}


def shell_of(page: Any) -> Shell:
    short = [getattr(page, name, "") for name in TEXTS]
    return Shell(joined([*short, *texts_of(page)]), hidden=getattr(page, "noindex", False))
