"""How private what is stored is. Each app classifies its own fields in its module `classification`."""

from enum import StrEnum


class Privacy(StrEnum):
    """What may be done with a field. The strictest that fits is meant."""

    PUBLIC = "public"  # strangers may read it, or it tells nothing about a person
    PERSONAL = "personal"  # tells who somebody is, how to reach them, or what they did here
    CLINICAL = "clinical"  # tells about somebody's health, and be it by the specialty that they visit
    SECRET = "secret"  # noqa: S105 - opens something, and is never shown to anybody


def classify(**fields: tuple[str, ...]) -> dict[str, Privacy]:
    """`classify(public=("name",), secret=("password",))` as a map from field to `Privacy`.

    Raises ValueError for a level that does not exist and for a field that is named twice.
    """
    classified: dict[str, Privacy] = {}
    for level, names in fields.items():
        for name in names:
            if name in classified:
                raise ValueError(f"{name} is classified twice")
            classified[name] = Privacy(level)
    return classified
