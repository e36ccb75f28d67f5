"""Left and right in styles, scripts and templates, where start and end are meant: Arabic mirrors the page.

`python -m tests.repository.directions` prints each place and exits with 1 when there is one.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STRING = re.compile(r"url\([^)]*\)|\"[^\"\n]*\"|'[^'\n]*'")
# The notch of a telephone does not move when the language changes.
DEVICE = re.compile(r"safe-area-inset-(?:left|right)")
# A sideways move mirrors only when it is multiplied by a variable that knows the direction.
CSS = re.compile(r"(?<![\w])(?:left|right)(?![\w])|translateX\((?!0\b|[^)]*var\()|translate(?:3d)?\((?!0\b|[^)]*var\()")
FOUR_SIDES = re.compile(
    r"\b(?:margin|padding|inset|border-(?:width|style|color|radius)|scroll-(?:margin|padding))\s*:"
    r"\s*([^\s;]+)\s+([^\s;]+)\s+([^\s;]+)\s+([^\s;]+)\s*(?=[;}!])"
)
JS = re.compile(
    r"\.style\.\w*(?:[lL]eft|[rR]ight)|\.style\.(?:textAlign|cssFloat)|setProperty\(\s*['\"][^'\"]*(?:left|right)"
    r"|(?:inline|block):\s*['\"](?:left|right)['\"]"
)
TEMPLATE = re.compile(
    r"\salign=|\sstyle=\"[^\"]*\b(?:left|right)\b|\sclass=\"[^\"]*\b(?:text|float|pull)-(?:left|right)\b"
)


def blanked(pattern: re.Pattern[str], text: str) -> str:
    """`text` with every match gone but its line breaks kept, so that line numbers stay."""
    return pattern.sub(lambda match: "\n" * match.group().count("\n"), text)


def in_css(text: str) -> Iterator[tuple[int, str]]:
    code = blanked(DEVICE, blanked(STRING, blanked(COMMENT, text)))
    for number, line in enumerate(code.splitlines(), start=1):
        if CSS.search(line):
            yield number, line.strip()
        for sides in FOUR_SIDES.finditer(line):
            if sides[2] != sides[4]:
                yield number, line.strip()


def in_lines(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if pattern.search(line):
            yield number, line.strip()


def physical_directions(root: Path = ROOT) -> list[str]:
    """Each place as `file:line: text`."""
    found = []
    for path in [*sorted((root / "static").rglob("*")), *sorted((root / "templates").rglob("*"))]:
        name = path.relative_to(root)
        # Mail programs know no logical properties: there each cell is told its direction.
        if path.suffix not in {".css", ".js", ".html"} or {"vendor", "emails"} & set(name.parts):
            continue
        text = path.read_text(encoding="utf-8")
        places = in_css(text) if path.suffix == ".css" else in_lines(JS if path.suffix == ".js" else TEMPLATE, text)
        found += [f"{name}:{number}: {line[:120]}" for number, line in places]
    return found


if __name__ == "__main__":
    places = physical_directions()
    print("\n".join(places) or "No left or right where start or end is meant.")
    sys.exit(bool(places))
