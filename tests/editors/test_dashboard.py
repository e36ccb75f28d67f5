"""What those who write see first, and the report behind it."""

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page
from wagtail.users.models import UserProfile

from clinic.accounts.enums import Role
from home.models import SiteIdentity
from tests.editors.conftest import Cast
from tests.editors.test_cast import typed
from tests.factories.home import AnnouncementFactory, arabic
from tests.home.website import Website


@pytest.fixture(autouse=True)
def nothing_counted_yet(db: None) -> None:
    cache.delete("content-attention")


def edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def numbers(client: Client) -> list[int]:
    html = client.get("/admin/").content.decode()
    panel = html[html.index('aria-labelledby="panel-pages"') : html.index('aria-labelledby="panel-coming"')]
    return [int(number) for number in re.findall(r"<dd>(\d+)</dd>", panel)]


def test_the_first_page_counts_pages_by_language_and_state(website: Website, signed_in: Cast) -> None:
    about = website.page("about")
    about.title = "Changed"
    about.save_revision()
    website.translate(website.page("prices"), live=False)
    assert numbers(signed_in(Role.EDITOR)) == [3, 1, 0, 1, 0, 1]


def test_a_publisher_of_arabic_counts_arabic_only(website: Website, signed_in: Cast) -> None:
    website.page("about")
    assert numbers(signed_in(Role.ARABIC_PUBLISHER)) == [1, 0, 0]


def test_the_first_page_shows_what_the_clock_will_publish_and_take_away(website: Website, signed_in: Cast) -> None:
    soon, later = timezone.now() + timedelta(days=2), timezone.now() + timedelta(days=20)
    page = website.page("prices", title="New prices")
    page.go_live_at = soon
    page.save_revision().publish()
    AnnouncementFactory(message="Closed for the feast", live=True, expire_at=soon)
    AnnouncementFactory(message="Open all summer", live=True, expire_at=later)
    banner = AnnouncementFactory(message="قريبًا", live=False, locale=arabic(), go_live_at=soon)
    banner.save_revision().publish()
    html = signed_in(Role.PUBLISHER).get("/admin/").content.decode()
    panel = html[html.index('aria-labelledby="panel-coming"') : html.index('aria-labelledby="panel-attention"')]
    assert "New prices" in panel
    assert "Closed for the feast" in panel
    assert "قريبًا" in panel
    assert "Open all summer" not in panel
    assert (panel.count("appears"), panel.count("leaves the site")) == (2, 1)


def test_the_first_page_counts_what_needs_attention(website: Website, signed_in: Cast) -> None:
    website.page("about", body=[("text", "<p>Call 06 555 0100.</p>")])
    html = signed_in(Role.EDITOR).get("/admin/").content.decode()
    assert '<a href="/admin/reports/attention/?rule=phones">Phone numbers that are no links</a>' in html


def test_who_writes_no_pages_sees_none_of_it(website: Website, signed_in: Cast) -> None:
    client = signed_in(Role.RECEPTIONIST)
    assert "panel-pages" not in client.get("/admin/").content.decode()
    assert client.get(reverse("attention")).status_code in {302, 403}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_report_names_each_place_and_is_narrowed_by_rule_and_language(
    website: Website, signed_in: Cast, language: str
) -> None:
    page = website.page("about", title="About us", body=[("text", "<p>Call 06 555 0100.</p>")])
    website.translate(page, title="من نحن")
    client = signed_in(Role.EDITOR)
    titles = {"en": "About us", "ar": "من نحن"}
    html = client.get(reverse("attention"), {"rule": "phones", "language": language}).content.decode()
    assert titles.pop(language) in html
    assert next(iter(titles.values())) not in html
    assert "06 555 0100" in html
    assert client.get(reverse("attention"), {"rule": "nonsense", "language": "fr"}).status_code == 200


def test_a_publisher_of_arabic_reads_of_arabic_content_only(website: Website, signed_in: Cast) -> None:
    page = website.page("about", title="About us", body=[("text", "<p>Call 06 555 0100.</p>")])
    website.translate(page, title="من نحن")
    html = signed_in(Role.ARABIC_PUBLISHER).get(reverse("attention")).content.decode()
    assert "من نحن" in html
    assert "About us" not in html


def test_the_editor_of_a_page_says_which_rules_it_breaks(website: Website, signed_in: Cast) -> None:
    page = website.page("about", body=[("text", "<p>Call 06 555 0100.</p>")])
    html = signed_in(Role.EDITOR).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "The rules of the clinic" in html
    assert "is no link. Make it one" in html


def test_whoever_publishes_is_told_at_once_what_the_page_breaks(website: Website, signed_in: Cast) -> None:
    page = website.page("about", search_description="Who we are", body=[("text", "<p>Call 06 555 0100.</p>")])
    text = {"body-count": "1", "body-0-type": "text", "body-0-order": "0", "body-0-deleted": "", "body-0-id": ""}
    blocks = {"entityMap": {}, "blocks": [{"key": "a", "text": "Call 06 555 0100.", "type": "unstyled", "depth": 0}]}
    text["body-0-value"] = json.dumps(blocks)
    data = typed(page, **text, **{"action-publish": "1"})
    html = signed_in(Role.PUBLISHER).post(edit_address(page), data, follow=True).content.decode()
    assert "need attention:" in html or "needs attention:" in html
    assert "is no link. Make it one" in html


@pytest.mark.parametrize(("language", "product", "clinic"), [("en", "Iyada", "Al-Shifa"), ("ar", "عيادة", "الشفاء")])
def test_the_first_page_has_the_name_of_the_clinic_in_the_language_of_its_reader(
    website: Website, signed_in: Cast, language: str, product: str, clinic: str
) -> None:
    SiteIdentity.objects.update_or_create(site=website.site, defaults={"name_en": "Al-Shifa", "name_ar": "الشفاء"})
    client = signed_in(Role.PUBLISHER)
    reader = client.session["_auth_user_id"]
    UserProfile.objects.update_or_create(user_id=reader, defaults={"preferred_language": language})
    html = client.get("/admin/").content.decode()
    assert f"- {product}</title>" in html
    assert f'<h1 class="w-h1 w-mt-0">{clinic}</h1>' in html


@pytest.mark.parametrize("size", [1, 3])
def test_the_first_page_asks_a_constant_number_of_questions(
    website: Website, signed_in: Cast, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    soon = timezone.now() + timedelta(days=2)
    for number in range(size):
        page = website.page(f"page-{number}", body=[("text", "<p>Call 06 555 0100.</p>")])
        page.go_live_at = soon
        page.save_revision().publish()
        AnnouncementFactory(live=True, expire_at=soon)
    client = signed_in(Role.PUBLISHER)
    client.get("/admin/")
    cache.delete("content-attention")
    with django_assert_num_queries(39):
        client.get("/admin/")


@pytest.mark.parametrize("size", [1, 3])
def test_the_report_asks_a_constant_number_of_questions(
    website: Website, signed_in: Cast, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    for number in range(size):
        website.page(f"page-{number}", body=[("text", "<p>Call 06 555 0100.</p>")])
        AnnouncementFactory(live=True)
    client = signed_in(Role.PUBLISHER)
    client.get(reverse("attention"))
    with django_assert_num_queries(18):
        client.get(reverse("attention"))
