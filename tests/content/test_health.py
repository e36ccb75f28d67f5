"""Health topics: found by letter, reviewed by a doctor of the clinic, urgent help in words."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from content.alphabet import by_letter
from content.models import HealthTopicPage
from tests.factories.content import HealthIndexPageFactory, HealthTopicPageFactory
from tests.factories.directory import PractitionerFactory, ServiceFactory, SpecialtyFactory
from tests.home.website import Website

BODY = [
    ("heading", "What it is"),
    ("text", "<p>A fever.</p>"),
    ("heading", "When to get help"),
    ("care_card", {"urgency": "routine", "title": "Book a visit if", "text": "<p>it comes back</p>"}),
    ("care_card", {"urgency": "urgent", "title": "Call us today if", "text": "<p>it lasts</p>"}),
    ("care_card", {"urgency": "emergency", "title": "Call 911 if", "text": "<p>there is a rash</p>"}),
    ("heading", "When to get help"),
]


@pytest.fixture
def health(website: Website) -> Page:
    return website.page("health", factory=HealthIndexPageFactory, title="Health")


def topic(website: Website, health: Page, slug: str = "fever", **fields: Any) -> HealthTopicPage:
    return website.page(slug, parent=health, factory=HealthTopicPageFactory, **fields)


def test_topics_stand_under_their_letters(client: Client, website: Website, health: Page) -> None:
    for title in ("Fever", "asthma", "Flu", "Éczema", "5 ways to sleep"):
        topic(website, health, slug=title.split()[0].lower().encode("ascii", "ignore").decode() or "x", title=title)
    html = client.get("/en/health/").content.decode()
    assert re.findall(r'<h2 id="letter-[^"]*">(.)</h2>', html) == ["#", "A", "E", "F"]
    assert html.index("Fever") < html.index("Flu<")


@pytest.mark.django_db  # a page asks for its content type
def test_arabic_letters_pass_over_the_article() -> None:
    pages = [Page(title=title) for title in ("الحمّى", "الإنفلونزا", "حبّ الشباب", "آلام الظهر")]
    groups = {group.letter: [page.title for page in group.pages] for group in by_letter(pages)}
    assert groups == {"ا": ["آلام الظهر", "الإنفلونزا"], "ح": ["حبّ الشباب", "الحمّى"]}


def test_a_topic_names_its_reviewer_and_its_sources(client: Client, website: Website, health: Page) -> None:
    doctor = PractitionerFactory(slug="layla", name_en="Layla Haddad", name_ar="ليلى حداد")
    page = topic(
        website,
        health,
        body=BODY,
        reviewer=doctor,
        reviewed_on=date(2026, 5, 4),
        next_review=date(2028, 5, 4),
        sources=[("source", {"title": "Fever in under 5s", "publisher": "NICE", "year": 2021, "address": ""})],
    )
    website.translate(page, title="الحمّى")
    html = client.get("/en/health/fever/").content.decode()
    assert f'<a href="{reverse("booking:doctor", args=["layla"])}"><bdi>Layla Haddad</bdi></a>' in html
    assert '<time datetime="2026-05-04">4 May 2026</time>' in html
    assert "The next review is due by 4 May 2028." in html
    assert "NICE" in html
    assert "2021" in html
    arabic = client.get("/ar/health/fever/").content.decode()
    assert '<a href="/ar/doctors/layla/"><bdi>ليلى حداد</bdi></a>' in arabic
    assert "موعد المراجعة القادمة 4 مايو 2028." in arabic


def test_a_reviewer_who_has_left_is_named_without_a_link(client: Client, website: Website, health: Page) -> None:
    topic(website, health, reviewer=PractitionerFactory(slug="layla", name_en="Layla Haddad", is_active=False))
    html = client.get("/en/health/fever/").content.decode()
    assert "<bdi>Layla Haddad</bdi>" in html
    assert "/doctors/layla/" not in html


def test_the_table_of_contents_leads_to_headings_that_are_there_once(
    client: Client, website: Website, health: Page
) -> None:
    topic(website, health, body=BODY)
    html = client.get("/en/health/fever/").content.decode()
    wanted = re.findall(r'<li><a href="#([^"]+)">', html)
    assert wanted == ["what-it-is", "when-to-get-help", "when-to-get-help-2"]
    for anchor in wanted:
        assert html.count(f'id="{anchor}"') == 1


def test_arabic_headings_have_arabic_anchors(client: Client, website: Website, health: Page) -> None:
    page = topic(website, health)
    website.translate(health)
    website.translate(page, body=[("heading", "ما هي الحمّى؟"), ("heading", "؟؟")])
    html = client.get("/ar/health/fever/").content.decode()
    assert 'id="ما-هي-الحمى"' in html.replace("ّ", "")
    assert 'id="part"' in html


def test_the_urgency_of_a_care_card_is_said_in_words(client: Client, website: Website, health: Page) -> None:
    topic(website, health, body=BODY)
    html = " ".join(re.sub(r"<[^>]+>", " ", client.get("/en/health/fever/").content.decode()).split())
    for words in ("Not urgent: Book a visit if", "Urgent: Call us today if", "Emergency: Call 911 if"):
        assert words in html


def test_services_of_the_specialty_and_links_stand_beside_the_text(
    client: Client, website: Website, health: Page
) -> None:
    specialty = SpecialtyFactory()
    ServiceFactory(name_en="Family visit", specialty=specialty)
    ServiceFactory(name_en="Skin check")
    ServiceFactory(name_en="Staff only", specialty=specialty, is_public=False)
    draft = website.page("draft")
    draft.unpublish()
    links = [("link", {"label": "", "route": "doctors"}), ("link", {"label": "A draft", "page": draft})]
    topic(website, health, specialty=specialty, related=links)
    html = client.get("/en/health/fever/").content.decode()
    assert "Family visit" in html
    assert "Find a doctor" in html
    for absent in ("Skin check", "Staff only", "A draft"):
        assert absent not in html


def test_the_next_review_comes_after_the_last(website: Website, health: Page) -> None:
    page = topic(website, health)
    page.reviewed_on, page.next_review = date(2026, 5, 4), date(2026, 5, 4)
    with pytest.raises(ValidationError):
        page.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        HealthTopicPage.objects.filter(pk=page.pk).update(reviewed_on=page.reviewed_on, next_review=page.next_review)


def test_a_topic_tells_search_engines_who_reviewed_it(website: Website, health: Page, rf: RequestFactory) -> None:
    doctor = PractitionerFactory(slug="layla", name_en="Layla Haddad")
    faq = ("faq", {"title": "", "questions": [{"question": "Wake a child?", "answer": "<p>No. <b>Sleep</b></p>"}]})
    page = topic(website, health, reviewer=doctor, reviewed_on=date(2026, 5, 4), body=[*BODY, faq])
    node, questions = HealthTopicPage.objects.get(pk=page.pk).schema_nodes(rf.get("/en/health/fever/"))
    assert node["@type"] == "MedicalWebPage"
    assert node["lastReviewed"] == "2026-05-04"
    assert node["reviewedBy"]["name"] == "Layla Haddad"
    assert node["reviewedBy"]["url"].startswith("http")
    assert questions["@type"] == "FAQPage"
    assert questions["mainEntity"] == [
        {"@type": "Question", "name": "Wake a child?", "acceptedAnswer": {"@type": "Answer", "text": "No. Sleep"}}
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_the_same_for_one_and_for_three(
    client: Client, website: Website, health: Page, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        topic(website, health, slug=f"topic-{number}")
    client.get("/en/health/")
    with django_assert_num_queries(13):
        client.get("/en/health/")


@pytest.mark.parametrize("count", [1, 3])
def test_a_topic_asks_the_database_the_same_for_one_link_and_for_three(
    client: Client, website: Website, health: Page, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    pages = [website.page(f"page-{number}") for number in range(count)]
    specialty = SpecialtyFactory()
    for _page in pages:
        ServiceFactory(specialty=specialty)
    links = [("link", {"label": "", "page": page}) for page in pages]
    call = ("call_to_action", {"title": "Ready?", "text": "", "link": {"label": "", "page": pages[0]}})
    topic(website, health, specialty=specialty, related=links, body=[*BODY, call], reviewer=PractitionerFactory())
    client.get("/en/health/fever/")
    with django_assert_num_queries(18):
        client.get("/en/health/fever/")
