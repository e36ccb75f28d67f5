"""Hours as the seed files write them: "amman sun tue thu 08:30-12:30 13:30-16:30"."""

import re
from collections.abc import Iterator
from datetime import time

from clinic.directory.enums import Weekday

DAYS = {day.name[:3].lower(): day for day in Weekday}
SPAN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")

Span = tuple[Weekday, time, time]


def read_hours(text: str) -> Iterator[Span]:
    """Each weekday of `text` with each of its spans of local time. Raises `ValueError` for an unknown word."""
    spans = [(time.fromisoformat(start), time.fromisoformat(end)) for start, end in SPAN.findall(text)]
    for word in SPAN.sub("", text).split():
        if word not in DAYS:
            raise ValueError(f"“{word}” is no weekday in “{text}”.")
        yield from ((DAYS[word], start, end) for start, end in spans)


def read_places(lines: list[str]) -> Iterator[tuple[str, Span]]:
    """The same for lines that begin with the slug of a location."""
    for line in lines:
        slug, rest = line.split(" ", 1)
        yield from ((slug, span) for span in read_hours(rest))
