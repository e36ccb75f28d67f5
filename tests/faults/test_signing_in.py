"""Valkey is slow at the moment at which somebody signs in."""

from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import Settings

from clinic.accounts.enums import Role
from tests.accounts.cast import PASSWORD, person

pytestmark = pytest.mark.django_db
DJANGOS = "django.contrib.sessions.backends.cached_db"


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache does not hear who has signed in, as when it answers too late; all else it hears."""
    cache = caches["sessions"]
    hear = cache.set

    def miss(key: str, value: dict[str, Any], *rest: Any, **options: Any) -> Any:
        return False if "_auth_user_id" in value else hear(key, value, *rest, **options)

    monkeypatch.setattr(cache, "set", miss)


def first_page() -> int:
    """How whoever signs in is answered by the first page of the back office."""
    person("rania", role=Role.RECEPTIONIST)
    client = Client()
    signed_in = client.post("/admin/login/", {"username": "rania", "password": PASSWORD})
    assert signed_in["Location"] == "/admin/"
    return client.get("/admin/").status_code


@pytest.mark.usefixtures("deaf")
def test_whoever_signs_in_while_the_cache_is_deaf_is_signed_in() -> None:
    assert first_page() == 200


@pytest.mark.usefixtures("deaf")
def test_with_djangos_own_sessions_they_would_see_the_form_again(settings: Settings) -> None:
    settings.SESSION_ENGINE = DJANGOS

    assert first_page() == 302
