"""The rules that content should keep. One place lists them all: `RULES`, at the end.

A rule breaks no publication: it tells editors what a visitor would stumble over.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.lib.phone import numbers_in
from content.review.subjects import Subject

STALE_AFTER = timedelta(days=365)
ARABIC = re.compile(r"[\u0600-\u06ff]")
LATIN = re.compile(r"[A-Za-z]")
# Words that say nothing to who hears the links of a page without the text around them.
EMPTY_WORDS = {"here", "click here", "link", "this link", "read more", "more", "هنا", "اضغط هنا", "انقر هنا", "المزيد"}


@dataclass(frozen=True, slots=True)
class Rule:
    """`faults` yields a sentence for each place where a subject breaks the rule."""

    key: str
    title: str | Promise
    faults: Callable[[Subject], Iterator[str]]


def pictures_say_what_they_show(subject: Subject) -> Iterator[str]:
    for piece in subject.pieces:
        if piece.kind != "image":
            continue
        english, arabic = subject.library.alternatives.get(piece.value, ("", ""))
        if subject.language == "ar" and not arabic:
            yield _("%(place)s: the image has no alternative text in Arabic.") % {"place": piece.place}
        elif subject.language != "ar" and not english:
            yield _("%(place)s: the image has no alternative text in English.") % {"place": piece.place}


def words_are_in_the_language_of_the_page(subject: Subject) -> Iterator[str]:
    title = str(subject.row)
    if subject.language == "ar" and LATIN.search(title) and not ARABIC.search(title):
        yield _("The title “%(title)s” is not in Arabic yet.") % {"title": title}
    if subject.language == "en" and ARABIC.search(title) and not LATIN.search(title):
        yield _("The title “%(title)s” is not in English.") % {"title": title}


def search_engines_are_told(subject: Subject) -> Iterator[str]:
    if getattr(subject.row, "search_description", None) == "" and not getattr(subject.row, "noindex", False):
        yield _("There is no description for search engines.")


def phone_numbers_can_be_called(subject: Subject) -> Iterator[str]:
    for piece, reading in subject.texts:
        for number in numbers_in(reading.loose):
            yield _("%(place)s: the number %(number)s is no link. Make it one, of the kind “phone”.") % {
                "place": piece.place,
                "number": f"\u2066{number}\u2069",
            }


def headings_go_down_step_by_step(subject: Subject) -> Iterator[str]:
    """The title of the page is level 1. Small headings under a large one must not leave out a level."""
    level, readings = 1, {id(piece): reading for piece, reading in subject.texts}
    for piece in subject.pieces:
        if piece.kind in {"heading", "title"}:
            level = 2
            if not str(piece.value).strip():
                yield _("A heading is empty.")
        for below, text in readings[id(piece)].headings if id(piece) in readings else ():
            words = " ".join(text.split())
            if not words:
                yield _("%(place)s: a heading is empty.") % {"place": piece.place}
            elif below > level + 1:
                yield _("%(place)s: the heading “%(heading)s” leaves out a level.") % {
                    "place": piece.place,
                    "heading": words,
                }
            level = below


def links_say_where_they_lead(subject: Subject) -> Iterator[str]:
    for piece, reading in subject.texts:
        for anchor in reading.anchors:
            words = " ".join(anchor.text.split())
            if not words:
                yield _("%(place)s: a link has no words.") % {"place": piece.place}
            elif words.lower().rstrip(".…") in EMPTY_WORDS:
                yield _("%(place)s: the link “%(words)s” does not say where it leads.") % {
                    "place": piece.place,
                    "words": words,
                }


def links_lead_somewhere(subject: Subject) -> Iterator[str]:
    for key, words in subject.linked_pages:
        if key not in subject.library.titles:
            yield _("“%(words)s” leads to a page that was deleted.") % {"words": words}
        elif key not in subject.library.live:
            title = subject.library.titles[key]
            yield _("“%(words)s” leads to “%(page)s”, which is not published.") % {"words": words, "page": title}


def health_topics_are_reviewed(subject: Subject) -> Iterator[str]:
    row = subject.row
    if not hasattr(row, "next_review"):
        return
    if not row.reviewed_on or not row.reviewer_id:
        yield _("No doctor of the clinic has reviewed it yet.")
    elif row.next_review and row.next_review <= timezone.localdate():
        yield _("Its review has been due since %(day)s.") % {"day": date_format(row.next_review)}


def content_is_looked_at_again(subject: Subject) -> Iterator[str]:
    published = getattr(subject.row, "last_published_at", None)
    if published and published < timezone.now() - STALE_AFTER:
        yield _("Nobody has published it anew since %(day)s.") % {"day": timezone.localdate(published).isoformat()}


RULES: tuple[Rule, ...] = (
    Rule("links", gettext_lazy("Links that lead nowhere"), links_lead_somewhere),
    Rule("alternatives", gettext_lazy("Images without alternative text"), pictures_say_what_they_show),
    Rule("language", gettext_lazy("Titles in the other language"), words_are_in_the_language_of_the_page),
    Rule("phones", gettext_lazy("Phone numbers that are no links"), phone_numbers_can_be_called),
    Rule("headings", gettext_lazy("Headings out of order"), headings_go_down_step_by_step),
    Rule("words", gettext_lazy("Links that do not say where they lead"), links_say_where_they_lead),
    Rule("review", gettext_lazy("Health topics to review"), health_topics_are_reviewed),
    Rule("search", gettext_lazy("Nothing said to search engines"), search_engines_are_told),
    Rule("stale", gettext_lazy("Not looked at for a year"), content_is_looked_at_again),
)
