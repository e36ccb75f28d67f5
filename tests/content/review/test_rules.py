"""What the rules find in a page, sentence by sentence, and what they leave alone."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from content.models import StandardPage
from content.review.findings import findings_of, review
from content.review.rules import RULES
from tests.factories.content import ClinicImageFactory
from tests.home.website import Website


def found(page: StandardPage) -> list[tuple[str, str]]:
    return [(finding.rule.key, finding.text) for finding in findings_of(page) if finding.rule.key != "search"]


def written(website: Website, *body: tuple[str, object], **fields: object) -> StandardPage:
    fields = {"title": "About us", "search_description": "Who we are", **fields}
    return website.page("about", body=list(body), **fields)


def test_a_page_that_keeps_all_rules_has_no_findings(website: Website) -> None:
    team = website.page("team", title="Team")
    phone, link = '<a href="tel:+96265550100">06 555 0100</a>', f'<a linktype="page" id="{team.pk}">our team</a>'
    text = f"<h3>Call us</h3><p>{phone}, {link}</p>"
    page = written(
        website,
        ("heading", "What we do"),
        ("text", text),
        ("image", {"image": ClinicImageFactory(), "caption": "", "decorative": False}),
    )
    assert found(page) == []


def test_an_image_needs_its_text_in_the_language_of_the_page(website: Website) -> None:
    image = ClinicImageFactory(alt_en="A waiting room", alt_ar="")
    page = written(website, ("image", {"image": image, "caption": "", "decorative": False}))
    copy = website.translate(page, title="من نحن")
    assert found(page) == []
    assert found(copy) == [("alternatives", "Image: the image has no alternative text in Arabic.")]
    with translation.override("ar"):
        assert "العربية" in found(copy)[0][1]


def test_a_decorative_image_needs_none(website: Website) -> None:
    image = ClinicImageFactory(alt_en="", alt_ar="")
    assert found(written(website, ("image", {"image": image, "caption": "", "decorative": True}))) == []


@pytest.mark.parametrize("number", ["06 555 0100", "+962 79 123 4567", "٠٧٩ ١٢٣ ٤٥٦٧"])
def test_a_phone_number_in_running_text_must_be_a_link(website: Website, number: str) -> None:
    page = written(website, ("text", f"<p>Call {number} today.</p>"))
    assert [key for key, _text in found(page)] == ["phones"]


@pytest.mark.parametrize("text", ["Open since 1998-2004", "Price 12 000 000", "Room 12, floor 3", "2026-11-21 10:30"])
def test_other_numbers_are_no_phone_numbers(website: Website, text: str) -> None:
    assert found(written(website, ("text", f"<p>{text}</p>"))) == []


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ([("text", "<h3>Prices</h3>")], 1),
        ([("heading", "Care"), ("text", "<h4>Prices</h4>")], 1),
        ([("heading", "Care"), ("text", "<h3>Prices</h3><h4>Cash</h4><h3>Cards</h3>")], 0),
        ([("heading", "Care"), ("text", "<h3> </h3>")], 1),
        ([("callout", {"title": "Note", "text": "<p>x</p>"}), ("text", "<h3>Prices</h3>")], 0),
    ],
)
def test_headings_leave_out_no_level(website: Website, body: list[tuple[str, object]], faults: int) -> None:
    assert [key for key, _text in found(written(website, *body))] == ["headings"] * faults


@pytest.mark.parametrize("words", ["", "here", "Click here", "هنا", "Read more…"])
def test_a_link_says_where_it_leads(website: Website, words: str) -> None:
    page = written(website, ("text", f'<p>Book <a href="https://example.org">{words}</a></p>'))
    assert [key for key, _text in found(page)] == ["words"]


def test_a_link_to_a_page_that_is_not_published_is_found_wherever_it_stands(website: Website) -> None:
    draft, gone = website.page("draft", title="Prices"), website.page("gone")
    draft.unpublish()
    key = gone.pk
    gone.delete()
    page = written(
        website,
        ("text", f'<p><a linktype="page" id="{draft.pk}">our prices</a> <a linktype="page" id="{key}">old</a></p>'),
        ("call_to_action", {"title": "Prices", "link": {"page": draft}}),
    )
    assert found(page) == [
        ("links", "“our prices” leads to “Prices”, which is not published."),
        ("links", "“old” leads to a page that was deleted."),
        (
            "links",
            "Call to action leads to “Prices”, which is not published.".replace("Call to action", "“Call to action”"),
        ),
    ]


def test_a_translation_whose_title_is_still_english_is_found(website: Website) -> None:
    page = written(website)
    assert found(website.translate(page)) == [("language", "The title “About us” is not in Arabic yet.")]


def test_a_page_that_nobody_looked_at_for_a_year_is_found(website: Website) -> None:
    page = written(website)
    page.last_published_at = timezone.now() - timedelta(days=366)
    assert [key for key, _text in found(page)] == ["stale"]


def test_search_engines_should_be_told_something(website: Website) -> None:
    page = written(website, search_description="")
    assert [finding.rule.key for finding in findings_of(page)] == ["search"]
    page.noindex = True
    assert findings_of(page) == ()


def test_every_rule_has_a_name_of_its_own() -> None:
    assert len({rule.key for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("size", [1, 3])
def test_any_number_of_pages_is_reviewed_with_two_queries(
    website: Website, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    target = website.page("target")
    image = ClinicImageFactory(alt_en="")
    body = [
        ("text", f'<p><a linktype="page" id="{target.pk}">here</a></p>'),
        ("image", {"image": image, "caption": "", "decorative": False}),
    ]
    for number in range(size):
        website.page(f"page-{number}", body=body)
    pages = list(StandardPage.objects.filter(slug__startswith="page-").select_related("locale"))
    with django_assert_num_queries(2):
        assert len(review(pages)) == size
