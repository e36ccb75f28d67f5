from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from content.blocks import BodyBlock
from content.models import StandardPage
from home.blocks.hero import HeroBlock
from home.blocks.sections import SectionsBlock
from home.models import HomePage
from tests.factories.accounts import UserFactory
from tests.factories.content import ClinicDocumentFactory, ClinicImageFactory
from tests.factories.directory import LocationFactory, PractitionerFactory, ServiceFactory
from tests.home.website import Website

SHOWS_ROWS = {"partners", "latest_news", "health_topics"}  # a new site has none of them

BODY: list[tuple[str, Any]] = [
    ("heading", "Before you come"),
    ("text", "<p>Bring your <b>card</b>.</p>"),
    ("callout", {"title": "Parking", "text": "<p>It is free.</p>"}),
    ("care_card", {"urgency": "emergency", "title": "Call 911 if", "text": "<p>it hurts</p>"}),
    ("faq", {"title": "Questions", "questions": [{"question": "Referral?", "answer": "<p>No.</p>"}]}),
    ("call_to_action", {"title": "Ready?", "text": "", "link": {"label": "Book now", "route": "book"}}),
    ("contact", {"title": "Where", "locations": []}),
    ("steps", {"title": "The sample", "steps": [{"title": "Wash your hands", "text": "<p>With soap.</p>"}]}),
    ("key_facts", {"title": "At a glance", "facts": [{"name": "Takes", "value": "20 minutes"}]}),
    ("quote", {"text": "They took the time.", "name": "A daughter"}),
    ("doctors", {"title": "Who helps", "doctors": ["lina"]}),
    ("services", {"title": "What we do", "services": ["check"]}),
]


def test_every_kind_of_block_is_shown(client: Client, website: Website) -> None:
    LocationFactory(name_en="Iyada Amman")
    PractitionerFactory(slug="lina", name_en="Lina Haddad")
    ServiceFactory(slug="check", name_en="Skin check")
    picture = {"image": ClinicImageFactory(), "caption": "Our door", "decorative": False}
    leaflet = {"document": ClinicDocumentFactory(title="Leaflet"), "title": "", "language": "ar"}
    table = {"columns": [{"type": "text", "heading": "Visit"}], "rows": [{"values": ["First"]}], "caption": "Prices"}
    held: list[tuple[str, Any]] = [
        ("image", picture),
        ("gallery", {"pictures": [picture, picture]}),
        ("document", leaflet),
        ("table", BodyBlock().child_blocks["table"].to_python(table)),
    ]
    website.page("visit", body=[*BODY, *held])
    html = client.get("/en/visit/").content.decode()
    texts = ["Before you come", "<b>card</b>", "Parking", "Emergency:", "Referral?", "Book now", "Our door"]
    texts += ["Wash your hands", "20 minutes", "A daughter", "Lina Haddad", "Skin check"]
    texts += ["<caption>Prices</caption>", '<th scope="col">Visit</th>', "First", "Leaflet", "in Arabic"]
    for text in texts:
        assert text in html
    assert 'alt="A waiting room"' in html
    assert "<bdi>Iyada Amman</bdi>" in html
    assert {name for name, _value in [*BODY, *held]} == set(BodyBlock().child_blocks)


def test_a_picture_is_described_in_the_readers_language(client: Client, website: Website) -> None:
    page = website.page("visit", body=[("image", {"image": ClinicImageFactory(), "caption": "", "decorative": False})])
    website.translate(page)
    assert 'alt="غرفة انتظار"' in client.get("/ar/visit/").content.decode()


def test_a_contact_block_shows_only_the_chosen_locations(client: Client, website: Website) -> None:
    LocationFactory(slug="amman", address_en="1 Rainbow Street")
    LocationFactory(slug="irbid", address_en="2 University Street")
    website.page("contact", body=[("contact", {"title": "", "locations": ["irbid"]})])
    html = client.get("/en/contact/").content.decode()
    assert "2 University Street" in html
    assert "1 Rainbow Street" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "block",
    [*BodyBlock().child_blocks.values(), *SectionsBlock().child_blocks.values(), HeroBlock()],
)
def test_an_editor_sees_each_block_before_choosing_it(block: Any) -> None:
    PractitionerFactory()
    ServiceFactory()
    assert block.is_previewable
    value = block.get_preview_value()
    context = block.get_preview_context(value)
    template = block.get_preview_template(value, context)
    html = render_to_string(template, {**context, "bound_block": block.bind(value)})
    if block.name not in SHOWS_ROWS:
        assert len(html.partition("<main")[2].partition("</main>")[0].split()) > 4


def test_pages_stand_where_they_belong() -> None:
    assert StandardPage.allowed_parent_page_models() == [HomePage, StandardPage]
    assert HomePage.allowed_parent_page_models() == [Page]
    assert StandardPage in HomePage.allowed_subpage_models()


def test_there_is_one_home_page_for_each_language(website: Website) -> None:
    assert not HomePage.can_create_at(Page.get_first_root_node())


@pytest.mark.parametrize("slug", ["doctors", "services", "book"])
def test_a_page_cannot_hide_the_booking_pages(website: Website, slug: str) -> None:
    with pytest.raises(ValidationError):
        website.page(slug)
    about = website.page("about")
    website.page(slug, parent=about)


def test_translating_a_page_makes_an_arabic_draft_with_the_normal_editor(website: Website) -> None:
    page = website.page("visit", body=BODY)
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    arabic = Locale.objects.get(language_code="ar")
    client.post(f"{reverse('translation:start', args=['wagtailcore.page', page.pk])}?language=ar")
    copy = StandardPage.objects.get(translation_key=page.translation_key, locale=arabic)
    assert not copy.live
    assert '<div lang="en" dir="ltr">' in client.get("/ar/visit/").content.decode()
    html = client.get(reverse("wagtailadmin_pages:edit", args=[copy.pk])).content.decode()
    assert 'name="action-publish"' in html
    assert "go_live_at" in html
    copy.save_revision().publish()
    assert '<div lang="en" dir="ltr">' not in client.get("/ar/visit/").content.decode()
