"""Whoever writes a page sees it as visitors will, on a phone and on a desktop, in its own language."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, get_page_models

from clinic.accounts.enums import Role
from content.previews import SIZES
from tests.editors.conftest import Cast
from tests.editors.test_cast import typed
from tests.home.website import Website

pytestmark = pytest.mark.django_db


def our_pages() -> list[type[Page]]:
    return [model for model in get_page_models() if model._meta.app_label in {"content", "home"}]


@pytest.mark.parametrize("model", our_pages(), ids=lambda model: model.__name__)
def test_every_type_of_page_is_previewed_in_the_sizes_of_the_clinic(model: type[Page]) -> None:
    assert model().preview_sizes is SIZES
    assert model().preview_modes


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_preview_of_a_page_speaks_the_language_of_the_page(website: Website, language: str) -> None:
    page = website.page("about", title="About us")
    page = page if language == "en" else website.translate(page, live=False, title="من نحن")
    html = page.make_preview_request().content.decode()
    assert f'<html lang="{language}"' in html
    assert page.title in html


def test_only_the_preview_beside_the_editor_is_looked_over_by_the_browser(
    website: Website, signed_in: Cast, client: Client
) -> None:
    page = website.page("about")
    editor = signed_in(Role.EDITOR)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert editor.post(address, typed(page)).json()["is_valid"]
    beside = editor.get(address, {"in_preview_panel": "true"}).content.decode()
    assert "wagtail-userbar" in beside
    assert "link-in-text-block" in beside
    assert "wagtail-userbar" not in editor.get(address).content.decode()
    assert "wagtail-userbar" not in client.get("/en/about/").content.decode()
