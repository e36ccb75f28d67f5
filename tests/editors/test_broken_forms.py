"""A form as no browser sends it is refused; it is never a fault of the site, and changes nothing."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse

from clinic.accounts.enums import Role
from config.broken_forms import BrokenFormMiddleware
from content.models import FormPage, StandardPage
from tests.content.test_directory_pages import publish
from tests.editors.conftest import Cast
from tests.editors.test_cast import typed
from tests.factories.home import MenuFactory, PartnerFactory
from tests.home.website import Website

BLOCK = {"body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "text", "body-0-id": ""}
HALF = json.dumps({"blocks": [{"key": "a", "text": "\ud800", "type": "unstyled", "depth": 0}], "entityMap": {}})
STEPS = {**BLOCK, "body-0-type": "steps", "body-0-value-title": "", "body-0-value-steps-count": "1"}


@pytest.fixture
def editor(signed_in: Cast) -> Client:
    client = signed_in(Role.EDITOR)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    "broken",
    [
        {"body-count": "many"},
        {"body-count": "1"},
        {"body-count": "99999999999999999999"},
        {**BLOCK, "body-0-order": "first", "body-0-value": ""},
        {**BLOCK, "body-0-value": "{"},
        {**BLOCK, "body-0-value": "[1]"},
        {**BLOCK, "body-0-type": "table"},
        {**STEPS, "body-0-value-steps-count": "\x00"},
        STEPS,
    ],
)
@pytest.mark.parametrize("view", ["edit", "preview_on_edit"])
def test_a_body_that_no_browser_has_put_together_is_refused(
    website: Website, editor: Client, view: str, broken: dict[str, str]
) -> None:
    page = website.page("about")
    answer = editor.post(reverse(f"wagtailadmin_pages:{view}", args=[page.pk]), typed(page, **broken))
    assert (answer.status_code, answer.content.decode()[:9]) == (400, "This form")
    assert StandardPage.objects.get(pk=page.pk).latest_revision_id == page.latest_revision_id


def test_so_is_a_form_for_something_new_where_things_are_only_chosen(website: Website, editor: Client) -> None:
    answer = editor.post("/admin/snippets/choose/home/menu/create/")
    assert (answer.status_code, answer.content.decode()[:9]) == (400, "This form")


def test_so_is_an_empty_form_of_a_page_and_of_a_menu(website: Website, editor: Client) -> None:
    page, menu = website.page("about"), MenuFactory(items=[])
    for address in (
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailsnippets_home_menu:edit", args=[menu.pk]),
    ):
        assert editor.post(address, {}).status_code == 400
        assert editor.put(address).status_code in {400, 405}


def test_so_is_a_page_or_a_text_that_cannot_be_one(website: Website, editor: Client) -> None:
    page = publish(website.homes["en"], FormPage(title="Form", consent_text="Yes."))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for name, value in (("privacy_page", "abc"), ("thank_you_text", "{")):
        assert editor.post(address, {"title": "Form", name: value}).status_code == 400


def test_so_is_a_link_without_an_address(website: Website, editor: Client) -> None:
    assert editor.post(reverse("wagtailadmin_choose_page_external_link"), {}).status_code == 400


def test_half_a_letter_in_a_text_harms_nobody(website: Website, editor: Client) -> None:
    page = website.page("about")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert editor.post(address, typed(page, **{**BLOCK, "body-0-value": HALF})).status_code == 302
    assert editor.get(address).status_code == 200


@pytest.mark.parametrize("nowhere", ["nowhere", "a\x00b", "{{ 7|add:7 }}"])
def test_who_is_to_go_on_to_nowhere_goes_on_to_the_first_page(website: Website, signed_in: Cast, nowhere: str) -> None:
    menu = MenuFactory(items=[])
    address = reverse("wagtailsnippets_home_menu:unlock", args=[menu.pk])
    answer = signed_in(Role.ADMINISTRATOR).post(f"{address}?{urlencode({'next': nowhere})}")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_an_old_version_that_has_become_incomplete_says_what_it_lacks(website: Website, editor: Client) -> None:
    partner = PartnerFactory()
    old = partner.save_revision()
    partner.save_revision()
    answer = editor.post(reverse("wagtailsnippets_home_partner:revisions_revert", args=[partner.pk, old.pk]))
    assert answer.status_code == 200
    assert "name" in answer.context["form"].errors


@pytest.mark.parametrize(
    "address",
    [
        "/admin/snippets/choose/home/menu/chosen/abc/",
        "/admin/snippets/choose/home/menu/chosen-multiple/?id=abc",
        "/admin/images/chooser/chosen/abc/",
        "/admin/snippets/home/menu/?locale=%00",
    ],
)
def test_a_row_that_no_address_can_name_is_not_found(website: Website, editor: Client, address: str) -> None:
    assert editor.get(address).status_code == 404


def test_what_is_wrong_in_our_own_code_is_still_a_fault() -> None:
    request, middleware = RequestFactory().get("/admin/"), BrokenFormMiddleware(lambda _request: None)
    for fault in (ValueError("x"), TypeError("x"), OperationalError("x"), KeyError("x")):
        assert middleware.process_exception(request, fault) is None


def test_a_database_that_is_away_is_not_called_a_broken_form(rf: RequestFactory) -> None:
    def value_from_datadict() -> Any:
        raise OperationalError

    request, middleware = rf.post("/admin/pages/1/edit/"), BrokenFormMiddleware(lambda _request: None)
    with pytest.raises(OperationalError) as fault:
        value_from_datadict()
    assert middleware.process_exception(request, fault.value) is None
