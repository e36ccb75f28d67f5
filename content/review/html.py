"""What rules ask of rich text, read in one pass."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

LEVELS = {"h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


@dataclass(slots=True)
class Anchor:
    """A link: its words, its address as stored, and the page it leads to, if it is one of ours."""

    href: str
    page: int | None
    text: str = ""


@dataclass(slots=True)
class Reading:
    """`loose` is the text outside all links; `headings` are level and words, in their order."""

    anchors: list[Anchor] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    loose: str = ""
    text: str = ""


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.reading = Reading()
        self.anchor: Anchor | None = None
        self.level = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            key = given.get("id", "") if given.get("linktype") == "page" else ""
            self.anchor = Anchor(given.get("href", ""), int(key) if key.isdecimal() else None)
            self.reading.anchors.append(self.anchor)
        elif tag in LEVELS:
            self.level = LEVELS[tag]
            self.reading.headings.append((self.level, ""))
        else:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.anchor = None
        elif tag in LEVELS:
            self.level = 0
        if tag != "a":
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        self.reading.text += data
        if self.anchor:
            self.anchor.text += data
        else:
            self.reading.loose += data
        if self.level:
            level, text = self.reading.headings[-1]
            self.reading.headings[-1] = (level, text + data)


def read(html: str) -> Reading:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.reading
