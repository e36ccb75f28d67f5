"""Names as people type or paste them."""

import unicodedata

JOINERS = "\u200c\u200d"  # they shape Arabic and Persian letters


def printable(text: str) -> str:
    """`text` without control and formatting characters, its spaces squeezed.

    Bells and direction overrides garble lists and are forbidden in calendar entries (RFC 5545, 3.1).
    """
    visible = (
        char for char in text if char.isspace() or char in JOINERS or unicodedata.category(char) not in ("Cc", "Cf")
    )
    return " ".join("".join(visible).split())
