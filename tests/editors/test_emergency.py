"""An emergency is on every page within one form, in both languages, and gone again with one button."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.accounts.enums import Role
from home.models import Announcement
from tests.editors.conftest import Cast
from tests.factories.home import AnnouncementFactory
from tests.home.website import Website

TYPED = {
    "message_en": "Do not come in: the street is closed. Call us.",
    "message_ar": "لا تأتوا إلى العيادة: الشارع مغلق. اتصلوا بنا.",
    "phone": "06 555 0100",
    "hours": "2",
}


def test_one_form_puts_the_banner_on_every_page_of_both_languages(
    website: Website, signed_in: Cast, client: Client
) -> None:
    assert signed_in(Role.PUBLISHER).post(reverse("emergency"), TYPED).status_code == 302
    for language in ("en", "ar"):
        html = client.get(f"/{language}/").content.decode()
        assert TYPED[f"message_{language}"] in html
        assert 'class="banner banner--emergency"' in html
        assert 'href="tel:+96265550100"' in html
    rows = Announcement.objects.all()
    assert len({row.translation_key for row in rows}) == 1
    assert all(timedelta(hours=1) < row.expire_at - timezone.now() <= timedelta(hours=2) for row in rows)


def test_the_banner_comes_before_everything_else_and_says_in_words_how_urgent_it_is(
    website: Website, client: Client
) -> None:
    AnnouncementFactory(message="Stay at home", level="emergency")
    AnnouncementFactory(message="Closed on Friday", level="warning")
    html = client.get("/en/").content.decode()
    assert html.count('<section class="banners" aria-label="Announcements">') == 1
    assert html.index('class="skip"') < html.index('class="banners"') < html.index('<header class="head"')
    assert '<strong class="banner__level">Emergency</strong>' in html
    assert '<span class="visually-hidden">Warning</span>' in html


def test_a_form_with_a_fault_publishes_nothing_and_keeps_what_was_typed(website: Website, signed_in: Cast) -> None:
    client = signed_in(Role.PUBLISHER)
    for fault in ({"message_ar": ""}, {"phone": "nobody"}, {"hours": "9000"}):
        answer = client.post(reverse("emergency"), {**TYPED, **fault})
        assert answer.status_code == 200
        assert TYPED["message_en"] in answer.content.decode()
    assert not Announcement.objects.exists()


def test_a_publisher_of_arabic_announces_in_arabic_only(website: Website, signed_in: Cast) -> None:
    client = signed_in(Role.ARABIC_PUBLISHER)
    assert "message_en" not in client.get(reverse("emergency")).content.decode()
    client.post(reverse("emergency"), TYPED)
    assert [row.locale.language_code for row in Announcement.objects.all()] == ["ar"]


def test_one_button_takes_it_down_in_both_languages(website: Website, signed_in: Cast, client: Client) -> None:
    publisher = signed_in(Role.PUBLISHER)
    publisher.post(reverse("emergency"), TYPED)
    banner = Announcement.objects.filter(locale__language_code="en").get()
    assert banner.message in publisher.get(reverse("emergency")).content.decode()
    publisher.post(reverse("emergency_end", args=[banner.pk]))
    for language in ("en", "ar"):
        assert "banner--emergency" not in client.get(f"/{language}/").content.decode()


def test_a_publisher_of_arabic_takes_down_no_english_banner(website: Website, signed_in: Cast) -> None:
    banner = AnnouncementFactory(level="emergency", live=True)
    answer = signed_in(Role.ARABIC_PUBLISHER).post(reverse("emergency_end", args=[banner.pk]))
    assert answer.status_code == 404
    banner.refresh_from_db()
    assert banner.live


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EDITOR, Role.RECEPTIONIST])
def test_who_cannot_publish_announces_no_emergency(website: Website, signed_in: Cast, role: Role) -> None:
    client = signed_in(role)
    assert client.get(reverse("emergency")).status_code in {302, 403}
    assert client.post(reverse("emergency"), TYPED).status_code in {302, 403}
    assert not Announcement.objects.exists()
