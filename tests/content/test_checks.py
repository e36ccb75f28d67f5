"""A page type that breaks a rule of the house is named before the site starts."""

from typing import Any

import pytest
from wagtail.blocks import CharBlock, StreamBlock
from wagtail.models import Page, get_page_models

from content.checks import OURS, check_page_types, faults_of
from content.models import ArticlePage, FaqPage, FormPage, NewsIndexPage, StandardPage
from home.models import HomePage

OUR_TYPES = [model for model in get_page_models() if model.__module__.partition(".")[0] in OURS]


@pytest.fixture(autouse=True)
def _forget_what_was_cleaned() -> Any:
    """Wagtail remembers the types that it has looked up, on each class."""
    yield
    for model in OUR_TYPES:
        forget(model)


def forget(model: type[Page]) -> None:
    for name in ("_clean_subpage_models", "_clean_parent_page_models"):
        setattr(model, name, None)


def change(monkeypatch: pytest.MonkeyPatch, model: type[Page], **values: Any) -> list[str]:
    """The ids of the faults of `model` and its neighbours after the change."""
    for name, value in values.items():
        monkeypatch.setattr(model, name, value)
    for each in OUR_TYPES:
        forget(each)
    return [str(fault.id) for each in OUR_TYPES for fault in faults_of(each, among=OUR_TYPES)]


def test_our_page_types_keep_the_rules() -> None:
    assert check_page_types() == []
    assert {HomePage, StandardPage, ArticlePage, FormPage} <= set(OUR_TYPES)


@pytest.mark.parametrize("name", ["parent_page_types", "subpage_types"])
def test_a_type_says_where_it_stands(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert "content.E001" in change(monkeypatch, FaqPage, **{name: None})


def test_a_parent_takes_only_children_that_name_it(monkeypatch: pytest.MonkeyPatch) -> None:
    faults = change(monkeypatch, NewsIndexPage, subpage_types=["content.ArticlePage", "content.FaqPage"])
    assert faults == ["content.E002"]


def test_a_child_names_only_parents_that_take_it(monkeypatch: pytest.MonkeyPatch) -> None:
    parents = ["content.NewsIndexPage", "content.StandardPage"]
    assert change(monkeypatch, ArticlePage, parent_page_types=parents) == ["content.E002"]


def test_there_is_one_list_of_a_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    assert change(monkeypatch, NewsIndexPage, max_count_per_parent=None) == ["content.E003"]


def test_a_type_has_a_template_that_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    assert change(monkeypatch, FaqPage, template="content/nowhere.html") == ["content.E004"]


def test_a_type_says_what_it_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert change(monkeypatch, FaqPage, page_description="") == ["content.E005"]


def test_a_block_can_be_seen_before_it_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    field = FaqPage._meta.get_field("body")
    monkeypatch.setattr(field, "stream_block", StreamBlock([("bare", CharBlock())]))
    assert change(monkeypatch, FaqPage) == ["content.E006"]
