"""Before a page goes, whoever sends it away sees what links to it."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Page

from clinic.accounts.enums import Role
from home.editors.usages import places_that_link_to
from tests.accounts.cast import person
from tests.editors.conftest import Cast
from tests.home.website import Website

pytestmark = pytest.mark.usefixtures("tasks_at_once")


@pytest.fixture
def linked(website: Website) -> Page:
    """A page that another page and the menu link to."""
    prices = website.page("prices", title="Prices")
    website.page("about", title="About us", body=[("text", f'<p><a linktype="page" id="{prices.pk}">prices</a></p>')])
    website.show(menu=[("group", {"label": "More", "links": [{"page": prices}]})])
    return prices


@pytest.mark.parametrize("view", ["unpublish", "delete"])
def test_a_page_that_is_linked_to_goes_only_after_the_places_were_seen(
    linked: Page, signed_in: Cast, view: str
) -> None:
    publisher = signed_in(Role.PUBLISHER)
    address = reverse(f"wagtailadmin_pages:{view}", args=[linked.pk])
    assert publisher.get(address).status_code == 200
    html = publisher.post(address).content.decode()
    assert "About us" in html
    assert "Menu" in html
    assert 'name="links_agreed"' in html
    assert Page.objects.filter(pk=linked.pk, live=True).exists()
    publisher.post(address, {"links_agreed": "1"})
    assert not Page.objects.filter(pk=linked.pk, live=True).exists()


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_so_do_many_pages_at_once(linked: Page, signed_in: Cast, action: str) -> None:
    publisher = signed_in(Role.PUBLISHER)
    address = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', action])}?id={linked.pk}"
    assert "About us" in publisher.post(address).content.decode()
    assert Page.objects.filter(pk=linked.pk, live=True).exists()
    publisher.post(address, {"links_agreed": "1"})
    assert not Page.objects.filter(pk=linked.pk, live=True).exists()


def test_a_page_that_nothing_links_to_goes_at_once(website: Website, signed_in: Cast) -> None:
    page = website.page("lonely")
    signed_in(Role.PUBLISHER).post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert not Page.objects.get(pk=page.pk).live


def test_links_among_the_pages_that_go_together_are_no_reason_to_stay(website: Website) -> None:
    parent = website.page("parent")
    website.page("child", parent=parent, body=[("text", f'<p><a linktype="page" id="{parent.pk}">up</a></p>')])
    user = person("publisher", role=Role.PUBLISHER)
    assert places_that_link_to([parent], descendants=True, user=user) == []
    assert [place.title for place in places_that_link_to([parent], descendants=False, user=user)] != []


def test_what_is_not_published_itself_is_not_in_the_way(linked: Page) -> None:
    about = Page.objects.get(slug="about")
    about.unpublish()
    user = person("publisher", role=Role.PUBLISHER)
    assert [place.kind for place in places_that_link_to([linked], descendants=True, user=user)] == ["menu"]


@pytest.mark.parametrize(("language", "other"), [("en", "ar"), ("ar", "en")])
def test_a_new_slug_leads_readers_of_the_old_address_on(
    website: Website,
    client: Client,
    language: str,
    other: str,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    page = website.page("prices")
    child = website.page("insurance", parent=page)
    copy = website.translate(page)
    website.translate(child)
    moved = page if language == "en" else copy
    moved.slug = "fees"
    with django_capture_on_commit_callbacks(execute=True):
        moved.save_revision().publish()
    for path in ("", "insurance/"):
        answer = client.get(f"/{language}/prices/{path}")
        assert (answer.status_code, answer.headers.get("Location")) == (301, f"/{language}/fees/{path}")
        assert client.get(f"/{other}/prices/{path}").status_code == 200


def test_a_page_that_is_moved_leads_readers_of_the_old_address_on(website: Website, client: Client) -> None:
    about, prices = website.page("about"), website.page("prices")
    prices.move(about, pos="last-child")
    answer = client.get("/en/prices/")
    assert (answer.status_code, answer["Location"]) == (301, "/en/about/prices/")
