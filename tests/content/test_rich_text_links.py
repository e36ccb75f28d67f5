"""Links of running text lead to what visitors can read, or are plain words."""

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from wagtail.rich_text import expand_db_html

from tests.home.website import Website


def linking(*keys: int) -> str:
    return " ".join(f'<a linktype="page" id="{key}">words</a>' for key in keys)


def test_a_link_follows_its_page_and_is_plain_words_while_that_is_not_published(
    website: Website, client: Client
) -> None:
    team = website.page("team")
    website.page("about", body=[("text", f"<p>Meet {linking(team.pk)}</p>")])
    assert '<a href="/en/team/">words</a>' in client.get("/en/about/").content.decode()
    team.slug = "our-team"
    team.save_revision().publish()
    assert '<a href="/en/our-team/">words</a>' in client.get("/en/about/").content.decode()
    team.unpublish()
    html = client.get("/en/about/").content.decode()
    assert "Meet <a>words</a>" in html
    team.delete()
    assert "Meet <a>words</a>" in client.get("/en/about/").content.decode()


def test_a_link_leads_to_the_page_in_the_readers_language_once_that_is_published(website: Website) -> None:
    team = website.page("team")
    copy = website.translate(team, live=False, slug="fariquna")
    with translation.override("ar"):
        assert expand_db_html(linking(team.pk)) == '<a href="/ar/team/">words</a>'  # where the English one stands in
        copy.get_latest_revision().publish()
        assert expand_db_html(linking(team.pk)) == '<a href="/ar/fariquna/">words</a>'


def test_a_broken_reference_is_plain_words(website: Website) -> None:
    assert expand_db_html('<a linktype="page" id="nonsense">words</a><a linktype="page">more</a>') == (
        "<a>words</a><a>more</a>"
    )


@pytest.mark.parametrize("size", [1, 3])
def test_all_links_of_a_text_are_resolved_with_one_query(
    website: Website, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    pages = [website.page(f"page-{number}") for number in range(size)]
    expand_db_html(linking(pages[0].pk))
    with django_assert_num_queries(1):
        expand_db_html(linking(*(page.pk for page in pages)))
