from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from clinic.accounts.enums import Role
from content.translation.statuses import Status, subject_of
from home.models import Announcement, Menu
from tests.factories.home import AnnouncementFactory, MenuFactory, arabic
from tests.home.website import Website
from tests.translation.conftest import Cast

PAGE = "wagtailcore.page"


def address(view: str, instance: Any) -> str:
    label = PAGE if isinstance(instance, Page) else instance._meta.label_lower
    return reverse(f"translation:{view}", args=[label, instance.pk])


def rows(client: Any, query: str = "") -> list[tuple[str, str, str]]:
    response = client.get(f"{reverse('translation:report')}{query}")
    assert response.status_code == 200
    return [(row.title, row.code, row.status.value) for row in response.context["object_list"]]


def test_the_report_lists_pages_and_snippets_with_their_status(website: Website, signed_in: Cast) -> None:
    website.page("visit", title="Your visit")
    website.translate(website.page("about", title="About us"))
    AnnouncementFactory(message="Closed on Friday", live=True)
    client = signed_in(Role.EDITOR)
    assert rows(client) == [
        ("Iyada Clinic", "ar", "current"),
        ("Your visit", "ar", "missing"),
        ("About us", "ar", "current"),
        ("Closed on Friday", "ar", "missing"),
    ]
    assert rows(client, "?status=missing&kind=announcement") == [("Closed on Friday", "ar", "missing")]
    assert rows(client, "?language=en") == []
    assert rows(client, "?ordering=-title")[0][0] == "Your visit"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_report_is_exported_as_a_table(website: Website, signed_in: Cast, kind: str) -> None:
    website.page("visit", title="Your visit")
    response = signed_in(Role.EDITOR).get(f"{reverse('translation:report')}?export={kind}")
    content = b"".join(response)
    assert response.status_code == 200
    assert (b"Your visit" in content) is (kind == "csv")


@pytest.mark.parametrize("number", [1, 4])
def test_the_report_asks_as_much_for_many_pages_as_for_one(
    website: Website, signed_in: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for each in range(number):
        website.translate(website.page(f"page-{each}"))
        AnnouncementFactory(live=True)
    client = signed_in(Role.EDITOR)
    rows(client)
    with django_assert_num_queries(REPORT_QUERIES):
        rows(client)


REPORT_QUERIES = 26


def test_a_draft_of_the_other_language_is_not_listed_for_who_may_not_change_it(
    website: Website, signed_in: Cast
) -> None:
    secret = website.page("secret", title="Not yet public")
    secret.unpublish()
    assert "Not yet public" not in {title for title, *_rest in rows(signed_in(Role.ARABIC_PUBLISHER))}


@pytest.mark.parametrize("role", [Role.RECEPTIONIST, Role.CLINICIAN, Role.AUDITOR])
def test_who_writes_nothing_sees_no_report_and_no_screen(website: Website, signed_in: Cast, role: Role) -> None:
    copy = website.translate(website.page("about"))
    client = signed_in(role)
    addresses = [reverse("translation:report"), *(address(view, copy) for view in ("beside", "changes", "po"))]
    addresses += [f"{reverse('translation:export_many')}?language=ar"]
    assert {client.get(each).status_code for each in addresses} <= {302, 403}
    assert client.post(address("confirm", copy)).status_code in {302, 403}


def test_the_explorer_and_the_lists_of_snippets_show_the_status(website: Website, signed_in: Cast) -> None:
    website.page("visit")
    MenuFactory(live=True)
    client = signed_in(Role.EDITOR)
    explorer = client.get(reverse("wagtailadmin_explore", args=[website.homes["en"].pk])).content.decode()
    menus = client.get(reverse(Menu.snippet_viewset.get_url_name("list"))).content.decode()
    assert "translation-status--missing" in explorer
    assert "translation-status--missing" in menus


def test_the_explorer_asks_no_more_for_many_translated_pages(website: Website, signed_in: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(Role.EDITOR)
    explorer = reverse("wagtailadmin_explore", args=[website.homes["en"].pk])
    counts = []
    for slug in ("one", "two", "three"):
        website.translate(website.page(slug))
        client.get(explorer)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(explorer)
        counts.append(sum("translation_basis" in query["sql"] for query in asked))
    assert counts == [1, 1, 1]


def test_the_editor_of_a_page_offers_to_translate_it(website: Website, signed_in: Cast) -> None:
    about = website.page("about")
    client = signed_in(Role.EDITOR)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[about.pk])).content.decode()
    assert f"{address('start', about)}?language=ar" in html


def test_translating_makes_a_draft_of_the_page_and_of_a_parent_that_is_lacking(
    website: Website, signed_in: Cast
) -> None:
    about = website.page("about")
    team = website.page("team", parent=about)
    client = signed_in(Role.EDITOR)
    response = client.post(f"{address('start', team)}?language=ar")
    copy = Page.objects.get(translation_key=team.translation_key, locale=arabic())
    assert response["Location"] == address("beside", copy)
    parent = copy.get_parent()
    assert (copy.live, parent.live, copy.alias_of_id, parent.alias_of_id) == (False, False, None, None)
    assert subject_of(team).status("ar") == Status.DRAFT
    assert client.get(response["Location"]).status_code == 200


def test_translating_a_banner_makes_a_draft(website: Website, signed_in: Cast) -> None:
    banner = AnnouncementFactory(message="Closed on Friday", live=True)
    client = signed_in(Role.ARABIC_PUBLISHER)
    client.post(f"{address('start', banner)}?language=ar")
    copy = Announcement.objects.get(translation_key=banner.translation_key, locale=arabic())
    assert (copy.live, copy.message) == (False, "Closed on Friday")
    assert subject_of(banner).status("ar") == Status.DRAFT
    assert client.get(address("beside", copy)).status_code == 200


def test_a_publisher_of_arabic_makes_no_english_translation(website: Website, signed_in: Cast) -> None:
    here = AnnouncementFactory(message="مغلق", live=True, locale=arabic())
    client = signed_in(Role.ARABIC_PUBLISHER)
    assert client.post(f"{address('start', here)}?language=en").status_code in {302, 403}
    assert Announcement.objects.filter(locale__language_code="en").count() == 0


def test_what_changed_since_is_shown_and_confirmed_without_touching_a_word(website: Website, signed_in: Cast) -> None:
    about = website.page("about", title="About us", introduction="Open on Friday.")
    copy = website.translate(about, title="من نحن")
    about.introduction = "Open on Sunday."
    about.save_revision().publish()
    client = signed_in(Role.EDITOR)
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[copy.pk])).content.decode()
    assert address("changes", copy) in editor
    shown = client.get(address("changes", copy))
    assert "<del>Friday.</del><ins>Sunday.</ins>" in shown.content.decode()
    before = copy.get_latest_revision().pk
    stale = client.post(address("confirm", copy), {"published": "2020-01-01T00:00:00+00:00"})
    assert stale["Location"] == address("changes", copy)
    assert subject_of(about).status("ar") == Status.OLDER
    client.post(address("confirm", copy), {"published": shown.context["published"]})
    assert subject_of(about).status("ar") == Status.CURRENT
    assert copy.get_latest_revision().pk == before


def test_the_stock_form_with_its_subtree_is_not_reached(website: Website, signed_in: Cast) -> None:
    about = website.page("about")
    client = signed_in(Role.EDITOR)
    stock = reverse("wagtail_localize:submit_page_translation", args=[about.pk])
    response = client.get(stock)
    assert response["Location"] == f"{address('start', about)}?language=ar"
    banner = AnnouncementFactory(live=True)
    stock = reverse("wagtail_localize:submit_snippet_translation", args=["home", "announcement", banner.pk])
    assert client.get(stock)["Location"] == f"{address('start', banner)}?language=ar"


@pytest.mark.parametrize("label", ["wagtailcore.page", "home.menu", "auth.user", "nonsense"])
@pytest.mark.parametrize("pk", ["0", "999999999999999999999", "x", "1"])
@pytest.mark.parametrize("view", ["start", "beside", "changes", "po"])
def test_what_does_not_exist_is_not_found(website: Website, signed_in: Cast, label: str, pk: str, view: str) -> None:
    assert signed_in(Role.EDITOR).get(reverse(f"translation:{view}", args=[label, pk])).status_code == 404
