"""Words that readers take for the same are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.lib.arabic import stem, without_article
from content.search.excerpts import LENGTH, excerpt, marked
from content.search.question import LONGEST_QUESTION, MOST_WORDS, ask
from content.search.typing_errors import distance, nearest
from content.search.words import bare_words, stems, telling

SAME = [
    ("أَسْنَان", "اسنان"),  # diacritics and hamza
    ("أســـنان", "أسنان"),  # tatweel
    ("الأسنان", "أسنان"),  # the article
    ("والأسنان", "أسنان"),
    ("بالأسنان", "أسنان"),
    ("كالأسنان", "أسنان"),
    ("للأسنان", "أسنان"),
    ("جلديّة", "جلديه"),  # ta marbuta
    ("مستشفى", "مستشفي"),  # alef maqsura
    ("فؤاد", "فواد"),
    ("مسؤول", "مسوول"),
    ("قارئ", "قاري"),
    ("أطباء", "أطبا"),  # a hamza that nobody types
    ("عيادات", "عيادة"),  # plural and singular share a stem
    ("ممرضين", "ممرضون"),
    ("زيارتكم", "زيارة"),  # your visit
    ("موعدنا", "موعد"),
    ("وأطفال", "أطفال"),  # and
    ("وتطعيم", "تطعيم"),
    ("٢٠٢٦", "2026"),
    ("Café", "cafe"),
    ("Children’s", "children"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_a_word_are_found_alike(one: str, other: str) -> None:
    assert stems(bare_words(one)) == stems(bare_words(other))


@pytest.mark.parametrize("word", ["الم", "ولد", "وجع", "قلب", "يد", "ابن", "وقت"])
def test_a_short_word_keeps_its_first_letters(word: str) -> None:
    assert without_article(word) == word
    assert stem(word) == word


def test_words_that_say_nothing_are_left_out_unless_there_is_nothing_else() -> None:
    assert telling(["pain", "in", "the", "knee"]) == ["pain", "knee"]
    assert telling(bare_words("ألم في الركبة")) == ["الم", "ركبه"]
    assert telling(["the"]) == ["the"]


def test_a_question_is_read_no_further_than_anybody_types() -> None:
    assert len(ask("word " * 500).text) <= LONGEST_QUESTION
    assert len(ask(" ".join(f"w{n}" for n in range(40))).words) == MOST_WORDS


@given(st.text(max_size=200))
def test_any_text_can_be_asked(text: str) -> None:
    question = ask(text)
    assert all(word.isalnum() and "'" not in word for word in question.words)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("skin", "skin", 0), ("skni", "skin", 1), ("skn", "skin", 1), ("heatr", "heart", 1), ("kitten", "sitting", 3)],
)
def test_the_distance_of_two_words_counts_slips_of_the_finger(one: str, other: str, apart: int) -> None:
    assert distance(one, other) == distance(other, one) == apart


def test_a_short_word_is_corrected_less_boldly_than_a_long_one() -> None:
    assert nearest("cardiolgy", ["cardiology", "radiology"]) == "cardiology"
    assert nearest("eye", ["ear", "arm"]) == ""


def test_found_words_are_marked_and_everything_is_escaped() -> None:
    html = marked("<b>Heart</b> & hearts", {"heart"})
    assert html == "&lt;b&gt;<mark>Heart</mark>&lt;/b&gt; &amp; <mark>hearts</mark>"
    assert marked("طبّ القَلْب", {"قلب"}) == "طبّ <mark>القَلْب</mark>"


def test_an_excerpt_shows_the_place_where_the_word_stands() -> None:
    body = "Opening words. " * 40 + "The vaccination takes a minute. " + "Closing words. " * 40
    text = excerpt("A summary.", body, {"vaccin"})
    assert "<mark>vaccination</mark>" in text
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert len(text) < LENGTH + 60
    assert excerpt("A summary.", body, {"nothing"}) == "A summary."
