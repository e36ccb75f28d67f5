"""POST /api/update-redis/: for permitted staff and for programs with a key."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from clinic.accounts.enums import Role
from clinic.accounts.keys import find_key, revoke_key
from clinic.accounts.models import ApiKey
from clinic.audit.models import AuditEvent
from home.website_data.store import KEYS
from tests.accounts.cast import person
from tests.home.website import Website

ADDRESS = "/api/update-redis/"

pytestmark = pytest.mark.django_db


def refused(answer: Any, status: int) -> str:
    body = answer.json()
    assert (answer.status_code, body["status"], body["data"]) == (status, "error", None), body
    assert not AuditEvent.objects.filter(verb="website_data.rebuilt").exists()
    return str(body["message"])


def test_a_program_with_a_key_rebuilds_everything(client: Client, website: Website, key: str) -> None:
    cache.set("heroes", "something old", 60)

    answer = client.post(ADDRESS, headers={"Authorization": f"Bearer {key}"})

    assert answer.status_code == 200
    told = answer.json()["data"]["rebuilt"]
    assert [each["key"] for each in told] == list(KEYS)
    assert all(each["stored"] and each["size"] for each in told)
    assert cache.get("heroes") != "something old"
    event = AuditEvent.objects.get(verb="website_data.rebuilt")
    assert (event.subject_type, event.subject, event.actor_id) == ("apikey", key.split("_")[1], None)
    assert ApiKey.objects.get().last_used_at


def test_the_other_header_does_as_well(client: Client, website: Website, key: str) -> None:
    assert client.post(ADDRESS, headers={"X-API-Key": key}).status_code == 200


def test_a_stranger_is_refused(client: Client, website: Website) -> None:
    answer = client.post(ADDRESS)
    refused(answer, 401)
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("role", [Role.RECEPTIONIST, Role.EDITOR, Role.AUDITOR])
def test_staff_without_the_permission_are_refused(client: Client, website: Website, role: Role) -> None:
    client.force_login(person("rana", role=role))
    refused(client.post(ADDRESS), 403)


def test_an_administrator_rebuilds(client: Client, website: Website) -> None:
    administrator = person("huda", role=Role.ADMINISTRATOR)
    client.force_login(administrator)

    assert client.post(ADDRESS).status_code == 200
    assert AuditEvent.objects.get(verb="website_data.rebuilt").actor_id == administrator.pk


def test_another_site_cannot_send_an_administrator_here(website: Website) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person("huda", role=Role.ADMINISTRATOR))
    refused(browser.post(ADDRESS), 403)


def test_a_key_needs_no_token_against_forged_requests(website: Website, key: str) -> None:
    assert Client(enforce_csrf_checks=True).post(ADDRESS, headers={"X-API-Key": key}).status_code == 200


def test_wrong_keys_are_refused(client: Client, website: Website, key: str) -> None:
    head, prefix, secret = key.split("_", 2)
    for wrong in (
        "",
        "x",
        f"{head}_{prefix}_{secret[:-1]}",
        f"{head}_{prefix}",
        f"other_{prefix}_{secret}",
        "é_\u200f_x",
    ):
        refused(client.post(ADDRESS, headers={"Authorization": f"Bearer {wrong}".encode().decode("latin-1")}), 401)


def test_a_key_beside_a_session_counts_alone(client: Client, website: Website) -> None:
    client.force_login(person("huda", role=Role.ADMINISTRATOR))
    refused(client.post(ADDRESS, headers={"X-API-Key": "wrong"}), 401)


def test_revoked_and_expired_keys_are_refused(client: Client, website: Website, key: str) -> None:
    row = ApiKey.objects.get()
    ApiKey.objects.update(created_at=timezone.now() - timedelta(days=9), expires_at=timezone.now() - timedelta(days=1))
    refused(client.post(ADDRESS, headers={"X-API-Key": key}), 401)
    ApiKey.objects.update(expires_at=None)
    assert find_key(key)
    revoke_key(key=row, by=None)
    refused(client.post(ADDRESS, headers={"X-API-Key": key}), 401)


def test_a_key_for_something_else_is_refused(client: Client, website: Website, key: str) -> None:
    ApiKey.objects.update(scopes=["records.read"])
    refused(client.post(ADDRESS, headers={"X-API-Key": key}), 403)


def test_too_many_requests_wait(client: Client, website: Website, settings: LazySettings) -> None:
    settings.REBUILDS_PER_CALLER = 2
    cache.clear()  # an earlier run may have counted this caller
    sent = [client.post(ADDRESS, REMOTE_ADDR="203.0.113.77") for _ in range(3)]

    assert [answer.status_code for answer in sent] == [401, 401, 429]
    assert sent[2]["Retry-After"]
    assert sent[2].json()["status"] == "error"
