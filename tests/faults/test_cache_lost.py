"""Valkey is stopped, flushed, or swallows every question: the site serves, and nobody is signed out."""

import socket
import time
from collections.abc import Callable

import pytest
from django.core.cache import cache, caches
from django.test import Client

from clinic.accounts.models import User
from config.cache import GuardedCache, breaker
from tests.faults.valkey import KillableValkey

pytestmark = pytest.mark.django_db
Move = Callable[[str], None]


@pytest.fixture
def staff() -> User:
    return User.objects.create_superuser("reem", "reem@iyada.example", "a long password for reem")


def opens_back_office(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def test_a_cache_that_went_away_signs_nobody_out(
    valkey: KillableValkey, cache_at: Move, staff: User, client: Client
) -> None:
    cache_at(valkey.url)
    client.force_login(staff)
    assert opens_back_office(client)
    valkey.stop()
    assert opens_back_office(client)
    assert client.get("/health/ready/").json()["status"] == "degraded"
    assert client.get("/en/").status_code == 200


def test_a_flushed_cache_signs_nobody_out(valkey: KillableValkey, cache_at: Move, staff: User, client: Client) -> None:
    cache_at(valkey.url)
    client.force_login(staff)
    assert opens_back_office(client)
    valkey.flush()
    assert opens_back_office(client)


def test_signing_in_needs_no_cache(valkey: KillableValkey, cache_at: Move, staff: User, client: Client) -> None:
    cache_at(valkey.url)
    valkey.stop()
    answer = client.post("/admin/login/", {"username": "reem", "password": "a long password for reem"})
    assert answer.status_code == 302
    assert opens_back_office(client)


def test_a_session_ended_while_the_cache_was_away_stays_ended(
    valkey: KillableValkey, cache_at: Move, staff: User, client: Client
) -> None:
    cache_at(valkey.url)
    client.force_login(staff)
    assert opens_back_office(client)
    staff.session_epoch += 1
    staff.save(update_fields=["session_epoch"])
    # The cache still holds the session as it was.
    assert not opens_back_office(client)


def test_a_cached_session_lives_for_a_minute_at_most(valkey: KillableValkey, cache_at: Move) -> None:
    cache_at(valkey.url)
    sessions = caches["sessions"]
    assert isinstance(sessions, GuardedCache)
    sessions.set("key", {"word": "here"}, 14 * 24 * 3600)
    assert 0 < sessions.ttl("key") <= 60


def test_a_silent_cache_is_waited_for_once_and_then_left_alone(cache_at: Move) -> None:
    # It takes connections and never answers, as behind a firewall that swallows packets.
    with socket.create_server(("127.0.0.1", 0), backlog=128) as silent:
        cache_at(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        began = time.monotonic()
        answers = [cache.get(f"key {number}") for number in range(50)]
    assert answers == [None] * 50
    assert time.monotonic() - began < 2  # without the breaker 50 × 0.3 s


def test_a_cache_that_comes_back_is_used_after_the_rest(
    valkey: KillableValkey, cache_at: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache_at(valkey.url)
    valkey.stop()
    cache.set("word", "lost")
    valkey.start()
    assert cache.get("word") is None
    later = time.monotonic() + breaker.rest
    monkeypatch.setattr(breaker, "clock", lambda: later)
    cache.set("word", "here")
    assert cache.get("word") == "here"
