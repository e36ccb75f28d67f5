"""What of a text is shown in the results: the place where the words stand, and the words marked."""

from collections.abc import Collection, Iterator

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from clinic.lib.arabic import stem
from content.search.words import WORD, bare_word

LENGTH = 220  # characters
LEAD = 60  # of them before the first word that was found


def marked(text: str, roots: Collection[str]) -> SafeString:
    """`text` escaped, with each word that belongs to a root in <mark>."""
    return format_html_join("", "{}{}", pieces(text, roots))


def pieces(text: str, roots: Collection[str]) -> Iterator[tuple[str, SafeString]]:
    end = 0
    for begin, finish in places(text, roots):
        yield text[end:begin], format_html_join("", "<mark>{}</mark>", [(text[begin:finish],)])
        end = finish
    yield text[end:], SafeString()


def places(text: str, roots: Collection[str]) -> Iterator[tuple[int, int]]:
    for match in WORD.finditer(text):
        if belongs(bare_word(match[0]), roots):
            yield match.span()


def belongs(bare: str, roots: Collection[str]) -> bool:
    """Whether a word is a form of a root: English ones are shorter than the word, "vaccin" of "vaccination"."""
    return bool(bare) and (
        bare in roots or stem(bare) in roots or any(len(root) >= 3 and bare.startswith(root) for root in roots)
    )


def excerpt(summary: str, body: str, roots: Collection[str]) -> SafeString:
    """The summary, unless only the body holds what was looked for: then the part of the body around it."""
    if any(places(summary, roots)):
        return marked(shortened(summary, 0), roots)
    first = next(places(body, roots), None)
    if first is None:
        return marked(shortened(summary or body, 0), roots)
    return marked(shortened(body, max(0, first[0] - LEAD)), roots)


def shortened(text: str, start: int) -> str:
    """About `LENGTH` characters of `text` from `start`, of whole words, with dots where something is left out."""
    if start:
        start = text.find(" ", start) + 1 or start
    end = len(text)
    if end - start > LENGTH:
        cut = text.rfind(" ", start, start + LENGTH)
        end = cut if cut > start else start + LENGTH
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"
