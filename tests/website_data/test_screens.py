"""The website data and the API keys in the back office."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from clinic.accounts.enums import Role
from clinic.accounts.keys import find_key
from clinic.accounts.models import ApiKey
from clinic.audit.models import AuditEvent
from home.website_data.store import KEYS
from tests.accounts.cast import person
from tests.home.website import Website

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client, website: Website) -> Client:
    client.force_login(person("huda", role=Role.ADMINISTRATOR))
    return client


def test_an_administrator_sees_each_key_and_rebuilds(administrator: Client) -> None:
    before = administrator.get(reverse("website_data")).content.decode()
    assert all(f">{key}</code>" in before for key in KEYS)
    assert "Not kept at the moment" in before

    after = administrator.post(reverse("website_data"), follow=True).content.decode()

    assert "The website data are rebuilt." in after
    assert "Not kept at the moment" not in after
    assert AuditEvent.objects.filter(verb="website_data.rebuilt").count() == 1


@pytest.mark.parametrize("role", [Role.RECEPTIONIST, Role.EDITOR])
def test_others_see_neither_the_data_nor_the_keys(client: Client, website: Website, role: Role) -> None:
    client.force_login(person("rana", role=role))
    for address in (reverse("website_data"), reverse("api_keys:index"), reverse("api_keys:add")):
        assert client.get(address).status_code == 302
    assert client.post(reverse("website_data")).status_code == 302
    assert not AuditEvent.objects.filter(verb="website_data.rebuilt").exists()


def test_a_new_key_is_shown_once_and_only_its_hash_is_kept(administrator: Client) -> None:
    form = {"name": "Kiosk", "scopes": ["website_data.rebuild"], "expires_at": ""}
    answer = administrator.post(reverse("api_keys:add"), form)

    text = re.search(r"iyada_[0-9A-Z]{10}_[\w-]{43}", answer.content.decode())
    assert text
    assert "no-store" in answer["Cache-Control"]
    row = ApiKey.objects.get()
    assert find_key(text[0]) == row
    assert text[0].split("_", 2)[2] not in (row.secret_hash, row.prefix)
    assert AuditEvent.objects.get(verb="apikey.created").subject == row.prefix
    listed = administrator.get(reverse("api_keys:index")).content.decode()
    assert row.prefix in listed
    assert text[0] not in listed


def test_a_key_that_may_do_nothing_or_has_ended_is_not_made(administrator: Client) -> None:
    for form in ({"name": "K"}, {"name": "K", "scopes": ["website_data.rebuild"], "expires_at": "2001-01-01 10:00"}):
        assert administrator.post(reverse("api_keys:add"), form).status_code == 200
    assert not ApiKey.objects.exists()


def test_a_key_is_revoked(administrator: Client, key: str) -> None:
    address = reverse("api_keys:revoke", args=[ApiKey.objects.get().pk])
    assert administrator.get(address).status_code == 200

    administrator.post(address)

    assert find_key(key) is None
    assert AuditEvent.objects.filter(verb="apikey.revoked").count() == 1
