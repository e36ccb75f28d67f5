"""What editors have written about a list or a row that the views of this app show.

Pages stand above this app, so it cannot ask for them: the room of the pages says at start how they are found.
"""

from collections.abc import Callable
from typing import Any

# Of "services", "doctors" or a row of one of them by its slug: the published page in the active language, or None.
Finder = Callable[[str, str], Any]


finders: list[Finder] = []


def register_finder(finder: Finder) -> None:
    finders[:] = [finder]


def shell_of(kind: str, slug: str = "") -> Any:
    """The page about the list `kind`, or about its row `slug`; None where there is none."""
    return finders[0](kind, slug) if finders else None
