"""The pages that links name are loaded when somebody looks at them, and together."""

import copy
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, PageViewRestriction

from content.blocks import LinkBlock
from content.links import page_key, resolve_links
from tests.home.website import Website

RAW = {"label": "", "route": "", "address": "", "phone": ""}


@pytest.mark.usefixtures("tasks_at_once")
def test_a_link_is_resolved_without_loading_its_page_twice(
    website: Website, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pages = [website.page(f"page-{number}") for number in range(3)]
    with django_assert_num_queries(0):
        links = LinkBlock().bulk_to_python([{**RAW, "page": page.pk} for page in pages])
        assert [page_key(link) for link in links] == [page.pk for page in pages]
    with django_assert_num_queries(1):
        assert [link.text for link in resolve_links(links, request=None) if link] == [page.title for page in pages]


def test_looking_at_one_page_loads_those_that_were_read_with_it(
    website: Website, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pages = [website.page(f"page-{number}") for number in range(3)]
    links = LinkBlock().bulk_to_python([{**RAW, "page": page.pk} for page in pages])
    with django_assert_num_queries(1):
        assert [link["page"].pk for link in links] == [page.pk for page in pages]


@pytest.mark.django_db
def test_a_page_that_was_deleted_is_none() -> None:
    link = LinkBlock().to_python({**RAW, "page": 10**6})
    assert link["page"] is None
    assert link.get("page") is None


@pytest.mark.django_db
def test_links_to_two_pages_are_not_the_same_link(website: Website) -> None:
    block, (one, other) = LinkBlock(), (website.page("one"), website.page("other"))
    first, again = (block.to_python({**RAW, "page": one.pk}) for _copy in range(2))
    assert first == again
    assert block.to_python({**RAW, "page": one.pk}) != block.to_python({**RAW, "page": other.pk})


@pytest.mark.django_db
def test_a_link_that_nobody_looked_at_is_stored_and_copied_whole(website: Website) -> None:
    page = website.page("one")

    def link() -> Any:
        return LinkBlock().to_python({**RAW, "page": page.pk})

    assert LinkBlock().get_prep_value(link())["page"] == page.pk
    assert copy.copy(link())["page"].pk == page.pk
    assert dict(link().items())["page"].pk == page.pk
    assert next(iter(LinkBlock().extract_references(link())))[1] == str(page.pk)


@pytest.mark.django_db
def test_another_page_can_be_put_into_a_link(website: Website) -> None:
    link = LinkBlock().to_python({**RAW, "page": website.page("one").pk})
    other = Page.objects.get(pk=website.page("other").pk)
    link["page"] = other
    assert page_key(link) == other.pk
    assert link["page"] == other


@pytest.mark.django_db
def test_the_title_of_a_page_behind_a_password_is_not_given_away(website: Website) -> None:
    page = website.page("minutes", title="Minutes of the board")
    below = website.page("march", parent=page, title="March")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="x")
    for each in (page, below):
        assert resolve_links([{**RAW, "page": each.pk}], request=None) == [None]
    named = resolve_links([{**RAW, "page": page.pk, "label": "For colleagues"}], request=None)[0]
    assert named
    assert (named.text, named.href) == ("For colleagues", "/en/minutes/")
