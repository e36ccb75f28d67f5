"""Questions with addresses of their own, legal texts with a day, and the ways to reach the clinic."""

import re
from datetime import date

import pytest
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from clinic.directory.models import OpeningHours
from content.models import FaqPage
from tests.factories.content import ContactPageFactory, FaqPageFactory, FormPageFactory, LegalPageFactory
from tests.factories.directory import LocationFactory
from tests.home.website import Website

QUESTIONS = [
    ("faq", {"title": "Booking", "questions": [{"question": "Referral?", "answer": "<p>No.</p>"}] * 2}),
    ("faq", {"title": "Paying", "questions": [{"question": "Insurance?", "answer": "<p>Most.</p>"}]}),
]


def test_each_question_has_an_address_of_its_own(client: Client, website: Website) -> None:
    page = website.page("faq", factory=FaqPageFactory, body=QUESTIONS)
    html = client.get("/en/faq/").content.decode()
    addresses = re.findall(r'href="#(question-[0-9a-f-]+)"', html)
    assert len(addresses) == len(set(addresses)) == 3
    for address in addresses:
        assert html.count(f'id="{address}"') == 1
    page = FaqPage.objects.get(pk=page.pk)
    page.title = "Another title"
    page.save_revision().publish()
    assert addresses == re.findall(r'href="#(question-[0-9a-f-]+)"', client.get("/en/faq/").content.decode())


def test_questions_are_told_to_search_engines_without_a_query(
    website: Website, rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = FaqPage.objects.get(pk=website.page("faq", factory=FaqPageFactory, body=QUESTIONS).pk)
    request = rf.get("/en/faq/")
    page.get_url(request)
    with django_assert_num_queries(0):
        (node,) = page.schema_nodes(request)
    assert [each["name"] for each in node["mainEntity"]] == ["Referral?", "Referral?", "Insurance?"]


def test_a_page_without_questions_claims_none(website: Website, rf: RequestFactory) -> None:
    assert website.page("about", body=[("heading", "We")]).schema_nodes(rf.get("/en/about/")) == []


def test_a_legal_text_says_since_when_it_holds(client: Client, website: Website) -> None:
    body = [("heading", "Who we are"), ("text", "<p>The clinic.</p>"), ("heading", "What we keep")]
    page = website.page("terms", factory=LegalPageFactory, effective_on=date(2026, 1, 1), body=body)
    website.translate(page, title="الشروط")
    html = client.get("/en/terms/").content.decode()
    assert 'In force since <time datetime="2026-01-01">1 January 2026</time>' in html
    assert '<li><a href="#who-we-are">Who we are</a></li>' in html
    assert "ساري المفعول منذ" in client.get("/ar/terms/").content.decode()


def test_the_contact_page_leads_to_every_open_location_and_the_form(client: Client, website: Website) -> None:
    open_one = LocationFactory(name_en="Iyada Amman", phone="+96265550100", latitude="31.95", longitude="35.91")
    OpeningHours.objects.create(location=open_one, weekday=1, starts="08:00", ends="12:00")
    LocationFactory(name_en="Iyada Aqaba", is_active=False)
    form = website.page("write", factory=FormPageFactory, title="Write to us")
    page = website.page("contact", factory=ContactPageFactory, form=form)
    html = client.get("/en/contact/").content.decode()
    assert "Iyada Amman" in html
    assert "Iyada Aqaba" not in html
    assert 'href="tel:+96265550100"' in html
    assert "08:00–12:00" in html
    assert "https://www.openstreetmap.org/?mlat=31.95" in html
    assert '<a class="button" href="/en/write/">' in html
    website.translate(page)
    assert "/en/write/" not in client.get("/ar/contact/").content.decode()
    website.translate(form, title="راسلونا")
    assert 'href="/ar/write/"' in client.get("/ar/contact/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_contact_page_asks_the_same_for_one_location_and_for_three(
    client: Client, website: Website, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _number in range(count):
        OpeningHours.objects.create(location=LocationFactory(), weekday=1, starts="08:00", ends="12:00")
    website.page("contact", factory=ContactPageFactory, form=website.page("write", factory=FormPageFactory))
    client.get("/en/contact/")
    with django_assert_num_queries(15):
        client.get("/en/contact/")
