"""The frame of the site as an editor sees it."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from home.models import Announcement, Menu, Partner
from tests.factories.accounts import UserFactory
from tests.factories.home import AnnouncementFactory, FooterFactory, MenuFactory, PartnerFactory
from tests.home.website import Website


@pytest.fixture
def editor(website: Website) -> Client:
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    return client


def test_the_back_office_carries_the_clinics_mark(client: Client, website: Website, editor: Client) -> None:
    html = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "css/admin.css" in html
    assert "iyada-brand" in html
    assert "Website" in html
    assert "Iyada" in client.get(reverse("wagtailadmin_login")).content.decode()


@pytest.mark.parametrize("factory", [MenuFactory, FooterFactory, PartnerFactory, AnnouncementFactory])
def test_each_part_of_the_frame_is_listed_edited_and_previewed(editor: Client, factory: type) -> None:
    part = factory()
    viewset = type(part).snippet_viewset
    assert editor.get(reverse(viewset.get_url_name("list"))).status_code == 200
    assert editor.get(reverse(viewset.get_url_name("edit"), args=[part.pk])).status_code == 200
    assert part.make_preview_request().status_code == 200


def test_the_preview_of_a_banner_shows_the_banner(website: Website) -> None:
    banner = AnnouncementFactory(message="We move on Monday", live=False)
    html = banner.make_preview_request().content.decode()
    assert "We move on Monday" in html


def test_an_editor_drags_partners_into_another_order(editor: Client) -> None:
    first, second = PartnerFactory(sort_order=0), PartnerFactory(sort_order=1)
    reorder = reverse(Partner.snippet_viewset.get_url_name("reorder"), args=[second.pk])
    editor.post(f"{reorder}?position=0")
    assert list(Partner.objects.values_list("pk", flat=True)) == [second.pk, first.pk]


def test_translating_a_menu_makes_a_draft_with_the_normal_editor(editor: Client) -> None:
    menu = MenuFactory(items=[("link", {"label": "Call us", "phone": "+96265550100"})])
    arabic = Locale.objects.get(language_code="ar")
    editor.post(f"{reverse('translation:start', args=['home.menu', menu.pk])}?language=ar")
    copy = Menu.objects.get(translation_key=menu.translation_key, locale=arabic)
    assert not copy.live
    html = editor.get(reverse(Menu.snippet_viewset.get_url_name("edit"), args=[copy.pk])).content.decode()
    assert 'name="action-publish"' in html
    assert "go_live_at" in html


def test_a_banner_is_published_by_an_editor(editor: Client, client: Client) -> None:
    add = reverse(Announcement.snippet_viewset.get_url_name("add"))
    data = {"message": "Closed on Friday", "level": "warning", "link-count": "0", "action-publish": "1"}
    assert editor.post(add, data).status_code == 302
    assert "Closed on Friday" in client.get("/en/").content.decode()
