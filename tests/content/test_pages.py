from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from content.blocks import BodyBlock
from content.models import StandardPage
from home.blocks.hero import HeroBlock
from home.blocks.sections import SectionsBlock
from home.models import HomePage
from tests.factories.accounts import UserFactory
from tests.factories.content import ClinicImageFactory
from tests.factories.directory import LocationFactory
from tests.home.website import Website

BODY: list[tuple[str, Any]] = [
    ("heading", "Before you come"),
    ("text", "<p>Bring your <b>card</b>.</p>"),
    ("callout", {"title": "Parking", "text": "<p>It is free.</p>"}),
    ("care_card", {"urgency": "emergency", "title": "Call 911 if", "text": "<p>it hurts</p>"}),
    ("faq", {"title": "Questions", "questions": [{"question": "Referral?", "answer": "<p>No.</p>"}]}),
    ("call_to_action", {"title": "Ready?", "text": "", "link": {"label": "Book now", "route": "book"}}),
    ("contact", {"title": "Where", "locations": []}),
]


def test_every_kind_of_block_is_shown(client: Client, website: Website) -> None:
    LocationFactory(name_en="Iyada Amman")
    picture = ("image", {"image": ClinicImageFactory(), "caption": "Our door", "decorative": False})
    website.page("visit", body=[*BODY, picture])
    html = client.get("/en/visit/").content.decode()
    for text in ("Before you come", "<b>card</b>", "Parking", "Emergency:", "Referral?", "Book now", "Our door"):
        assert text in html
    assert 'alt="A waiting room"' in html
    assert "<bdi>Iyada Amman</bdi>" in html
    assert {name for name, _value in [*BODY, picture]} == set(BodyBlock().child_blocks)


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
    [
        block
        for block in (*BodyBlock().child_blocks.values(), *SectionsBlock().child_blocks.values(), HeroBlock())
        if block.name != "image"  # has nothing to show before one is chosen
    ],
)
def test_an_editor_sees_each_block_before_choosing_it(block: Any) -> None:
    assert block.is_previewable
    assert block.render(block.get_preview_value())


def test_pages_stand_where_they_belong() -> None:
    assert StandardPage.allowed_parent_page_models() == [HomePage, StandardPage]
    assert HomePage.allowed_parent_page_models() == [Page]
    assert HomePage.allowed_subpage_models() == [StandardPage]


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
    client.post(reverse("wagtail_localize:submit_page_translation", args=[page.pk]), {"locales": [arabic.pk]})
    copy = StandardPage.objects.get(translation_key=page.translation_key, locale=arabic)
    assert not copy.live
    assert client.get("/ar/visit/").status_code == 404
    html = client.get(reverse("wagtailadmin_pages:edit", args=[copy.pk])).content.decode()
    assert 'name="action-publish"' in html
    assert "go_live_at" in html
    copy.save_revision().publish()
    assert client.get("/ar/visit/").status_code == 200
