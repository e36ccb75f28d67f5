"""What visitors find, and in which order."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from content.search.finding import Tier, find, suggest
from content.search.models import Synonyms
from content.search.question import ask
from tests.factories.directory import PractitionerFactory, SpecialtyFactory
from tests.home.website import Website
from tests.search.conftest import found, titles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Layla", "en"),
        ("layla haddad", "en"),
        ("hadd", "en"),
        ("ليلى", "en"),
        ("cardiologist", "en"),
        ("cardiologists", "en"),
        ("Haddad Layla", "en"),
        ("ليلي", "ar"),
        ("حداد", "ar"),
        ("الحدّاد", "ar"),
        ("Layla", "ar"),
        ("طبيب قلب", "ar"),
    ],
)
def test_a_doctor_is_found_in_either_script_and_spelling(heart: Any, text: str, language: str) -> None:
    assert {"en": "Dr Layla Haddad", "ar": "د. ليلى حدّاد"}[language] in titles(text, language)


@pytest.mark.parametrize(
    ("text", "meant", "language"),
    [
        ("cardiolgist", "cardiologist", "en"),
        ("Hadad", "haddad", "en"),
        ("haert", "heart", "en"),
        ("حدلد", "حداد", "ar"),
        ("شرايبن", "شرايين", "ar"),
    ],
)
def test_a_mistyped_word_is_led_to_the_nearest_one(heart: Any, text: str, meant: str, language: str) -> None:
    findings = found(text, language)
    assert findings.tier == Tier.MISTYPED
    assert list(findings.question.corrections.values()) == [meant]
    assert findings.hits


def test_an_everyday_word_finds_what_the_clinic_calls_otherwise(heart: Any) -> None:
    assert "Dr Layla Haddad" in titles("cardiac")
    assert "د. ليلى حدّاد" in titles("cardiology", "ar")
    Synonyms.objects.all().delete()
    assert titles("cardiac") == []


def test_a_phrase_of_several_words_has_synonyms_too(heart: Any) -> None:
    Synonyms.objects.create(words="blood pump, heart")
    assert "Heart care" in titles("blood pump")
    assert titles("blood") == []


def test_titles_come_before_summaries_and_these_before_bodies(website: Website) -> None:
    for slug, title, words in (
        ("body", "First", "Second"),
        ("summary", "Third", "Asthma"),
        ("title", "Asthma", "Fourth"),
    ):
        page = website.page(slug, title=title, search_description=words)
        if slug == "body":
            page.body = [("text", "<p>Asthma</p>")]
            page.save_revision().publish()
    assert titles("asthma") == ["Asthma", "Third", "First"]


def test_whole_words_come_before_beginnings_and_these_before_slips(website: Website) -> None:
    website.page("beginning", title="Heartburn")
    website.page("whole", title="The heart")
    assert titles("heart") == ["The heart", "Heartburn"]
    assert found("heartbrn").tier == Tier.MISTYPED
    assert found("heartb").tier == Tier.BEGINNINGS


def test_with_no_entry_for_all_words_those_for_some_are_shown(heart: Any) -> None:
    findings = found("heart of gold in Petra")
    assert findings.tier == Tier.ANY_WORD
    assert findings.hits


def test_each_language_finds_its_own_pages(website: Website) -> None:
    website.translate(website.page("visit", title="Your visit"), title="زيارتكم")
    assert titles("visit") == ["Your visit"]
    assert titles("زيارة", "ar") == ["زيارتكم"]
    assert titles("زيارة") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "😀",
        "\x00",
        "'); DROP TABLE search_entry;--",
        "a" * 5000,
        "& | ! ( ) : * <->",
        "\\",
        "%_",
        "ء",
        "\u202e",
        "²",
        "ﷺ",
    ],
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_text_breaks_the_search(heart: Any, text: str, language: str) -> None:
    find(ask(text), language=language)
    suggest(ask(text), language=language)


def test_suggestions_lead_with_what_begins_so(heart: Any, website: Website) -> None:
    website.page("care", title="Care of the heart")
    names = [hit.title for hit in suggest(ask("hea"), language="en")]
    assert names[:2] == ["Heart care", "Heart tracing"]
    assert names[-1] == "Care of the heart"
    assert [hit.title for hit in suggest(ask("layla hadad"), language="en")] == ["Dr Layla Haddad"]


@pytest.mark.parametrize("size", [1, 3])
def test_a_search_takes_a_constant_number_of_queries(
    heart: Any, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(size):
        PractitionerFactory(name_en=f"Dr Heart {number}", specialties=[SpecialtyFactory()])
    with django_assert_num_queries(7):  # with the savepoint, the synonyms and the two limits
        find(ask("haert doctor"), language="en")
    with django_assert_num_queries(5):
        suggest(ask("hea"), language="en")
