"""What each of those who write may do and may not, by the addresses that the buttons lead to."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from clinic.accounts.enums import Role
from content.models import StandardPage
from home.models import Announcement
from tests.editors.conftest import Cast
from tests.factories.home import AnnouncementFactory, arabic
from tests.home.website import Website

WRITERS = [Role.AUTHOR, Role.EDITOR, Role.PUBLISHER, Role.ARABIC_PUBLISHER]
DENIED = {302, 403}


def typed(page: StandardPage, **more: str) -> dict[str, str]:
    """The edit form of a standard page as a browser sends it."""
    return {
        "title": "Written anew",
        "slug": page.slug,
        "introduction": "",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "1000",
        **more,
    }


def live_title(page: Page) -> str:
    return Page.objects.get(pk=page.pk).title


@pytest.mark.parametrize(
    ("role", "english", "arabic_side"),
    [
        (Role.AUTHOR, False, False),
        (Role.EDITOR, False, False),
        (Role.PUBLISHER, True, True),
        (Role.ARABIC_PUBLISHER, False, True),
    ],
)
def test_only_publishers_publish_and_the_arabic_one_only_arabic(
    website: Website, signed_in: Cast, role: Role, english: bool, arabic_side: bool
) -> None:
    about = website.page("about", title="About us")
    copy = website.translate(about, title="من نحن")
    client = signed_in(role)
    for page, allowed in ((about, english), (copy, arabic_side)):
        before = live_title(page)
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        client.post(address, typed(page, **{"action-publish": "1"}))
        assert (live_title(page) == "Written anew") is allowed
        assert (live_title(page) == before) is not allowed
        client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {"confirmed": "1"})
        assert Page.objects.get(pk=page.pk).live is not allowed


def test_an_author_changes_what_is_their_own_and_nothing_else(website: Website, signed_in: Cast) -> None:
    theirs = website.page("about")
    client = signed_in(Role.AUTHOR)
    add = reverse("wagtailadmin_pages:add", args=["content", "standardpage", website.homes["en"].pk])
    client.post(add, typed(theirs, slug="mine", title="Mine"))
    mine = StandardPage.objects.get(slug="mine")
    assert not mine.live
    assert client.get(reverse("wagtailadmin_pages:edit", args=[mine.pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:edit", args=[theirs.pk])).status_code in DENIED
    client.post(reverse("wagtailadmin_pages:edit", args=[theirs.pk]), typed(theirs))
    assert not StandardPage.objects.get(pk=theirs.pk).has_unpublished_changes
    client.post(reverse("wagtailadmin_pages:delete", args=[theirs.pk]))
    assert StandardPage.objects.filter(pk=theirs.pk).exists()


def test_an_editor_writes_every_page_in_drafts_and_deletes_none(website: Website, signed_in: Cast) -> None:
    about = website.page("about", title="About us")
    client = signed_in(Role.EDITOR)
    client.post(reverse("wagtailadmin_pages:edit", args=[about.pk]), typed(about))
    about.refresh_from_db()
    assert (about.title, about.has_unpublished_changes) == ("About us", True)
    client.post(reverse("wagtailadmin_pages:delete", args=[about.pk]))
    assert StandardPage.objects.filter(pk=about.pk).exists()


@pytest.mark.parametrize("role", WRITERS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_who_publishes_a_banner_in_which_language(website: Website, signed_in: Cast, role: Role, language: str) -> None:
    client = signed_in(role)
    add = reverse(Announcement.snippet_viewset.get_url_name("add"))
    data = {"message": "Closed", "level": "warning", "link-count": "0", "action-publish": "1"}
    client.post(f"{add}?locale={language}", data)
    allowed = role == Role.PUBLISHER or (role == Role.ARABIC_PUBLISHER and language == "ar")
    assert Announcement.objects.filter(live=True, locale__language_code=language).exists() is allowed


@pytest.mark.parametrize("view", ["edit", "unpublish", "delete", "lock", "copy"])
def test_a_publisher_of_arabic_reaches_no_view_of_an_english_banner(
    website: Website, signed_in: Cast, view: str
) -> None:
    english = AnnouncementFactory(message="Open", live=True)
    here = AnnouncementFactory(message="مفتوح", live=True, locale=arabic())
    client = signed_in(Role.ARABIC_PUBLISHER)
    name = Announcement.snippet_viewset.get_url_name(view)
    data = {"message": "Taken over", "level": "emergency", "link-count": "0", "action-publish": "1"}
    assert client.get(reverse(name, args=[english.pk])).status_code in DENIED
    assert client.post(reverse(name, args=[english.pk]), data).status_code in DENIED
    english.refresh_from_db()
    assert (english.message, english.live, english.locked) == ("Open", True, False)
    if view != "lock":
        assert client.get(reverse(name, args=[here.pk])).status_code == 200


def test_a_publisher_of_arabic_starts_a_new_banner_in_arabic(website: Website, signed_in: Cast) -> None:
    add = reverse(Announcement.snippet_viewset.get_url_name("add"))
    answer = signed_in(Role.ARABIC_PUBLISHER).get(add)
    assert (answer.status_code, answer["Location"]) == (302, f"{add}?locale=ar")


def test_many_english_banners_are_not_deleted_at_once_by_a_publisher_of_arabic(
    website: Website, signed_in: Cast
) -> None:
    english = AnnouncementFactory(live=True)
    address = reverse("wagtail_bulk_action", args=["home", "announcement", "delete"])
    signed_in(Role.ARABIC_PUBLISHER).post(f"{address}?id={english.pk}")
    assert Announcement.objects.filter(pk=english.pk).exists()


@pytest.mark.parametrize("role", WRITERS)
def test_only_publishers_change_redirects_and_settings(website: Website, signed_in: Cast, role: Role) -> None:
    client = signed_in(role)
    opened = {
        name
        for name, address in {
            "redirects": reverse("wagtailredirects:index"),
            "identity": reverse("wagtailsettings:edit", args=["home", "siteidentity", website.site.pk]),
            "navigation": reverse("wagtailsettings:edit", args=["home", "sitenavigation", website.site.pk]),
        }.items()
        if client.get(address).status_code == 200
    }
    assert opened == ({"redirects", "identity", "navigation"} if role == Role.PUBLISHER else set())
