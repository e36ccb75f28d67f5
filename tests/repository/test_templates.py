"""Templates show and loop; what they say is translated, and nothing in them runs."""

import re
from html.parser import HTMLParser

from tests.repository.tree import files, name_of

TRANSLATED = re.compile(r"{%-?\s*blocktrans(?:late)?\b.*?{%-?\s*endblocktrans(?:late)?\s*-?%}", re.DOTALL)
COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)
# A block that fills an attribute of the page that it extends.
ATTRIBUTE_BLOCK = re.compile(r"{%\s*block \w*(?:class|style)\s*%}.*?{%\s*endblock\b.*?%}", re.DOTALL)
LOGIC = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
# Each language is named in itself, whatever the page's language; the product has one name.
SAID_AS_IT_IS = {"Iyada", "English", "العربية", "EN", "AR", "ع", "Ctrl ⏎"}
READ_ALOUD = {"alt", "title", "placeholder", "aria-label", "aria-description", "content"}


class Texts(HTMLParser):
    """Gathers what a reader, or a screen reader, would meet outside translation tags."""

    def __init__(self) -> None:
        super().__init__()
        self.silent = 0
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style"}
        for name, value in attrs:
            if name in READ_ALOUD and not (tag == "meta" and dict(attrs).get("name") != "description"):
                self.note(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.note(data)

    def note(self, text: str) -> None:
        words = " ".join(text.split())
        if re.search(r"[^\W\d_]{2,}", words) and words not in SAID_AS_IT_IS:
            self.found.append(words)


def untranslated(template: str) -> list[str]:
    texts = Texts()
    for silent in (COMMENT, TRANSLATED, ATTRIBUTE_BLOCK, LOGIC):
        template = silent.sub("", template)
    texts.feed(template)
    return texts.found


# Shown when nothing can be asked, not even the language: it says everything in both.
BILINGUAL = {"templates/500.html", "templates/faults/english.html", "templates/faults/arabic.html"}


def test_no_template_says_anything_outside_a_translation() -> None:
    said = {
        name_of(path): found
        for path in files("templates", kinds={".html", ".txt"})
        if name_of(path) not in BILINGUAL and (found := untranslated(path.read_text()))
    }
    assert said == {}


def test_a_text_outside_a_translation_is_found() -> None:
    template = '{% if a %}<p title="{% translate \'A\' %}">{% translate "B" %} {{ c }}</p>{% endif %}'
    assert untranslated(template) == []
    assert untranslated(f'{template}<img alt="Our team"><p>Book now</p>') == ["Our team", "Book now"]


def test_no_template_holds_a_script_or_a_style() -> None:
    # The content policy of public pages would forbid it: what must run or shine is a file of its own.
    inline = re.compile(
        r"<style\b|\sstyle=|\son[a-z]+=[\"']|javascript:"
        r"|<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")",
        re.IGNORECASE,
    )
    holding = [
        name_of(path)
        for path in files("templates", kinds={".html"})
        if "emails" not in path.parts and inline.search(COMMENT.sub("", path.read_text()))
    ]
    assert holding == []


def test_no_template_trusts_a_text_blindly() -> None:
    trusting = re.compile(r"\|\s*safe\b|{%\s*autoescape off")
    # Text mails are no markup: there escaping would show.
    found = [name_of(path) for path in files("templates", kinds={".html"}) if trusting.search(path.read_text())]
    assert found == []
