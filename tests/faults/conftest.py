"""Servers and sites that may be killed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kombu import pools
from pytest_django import Settings

from config import cache, tasks
from config.celery import app
from config.env import env
from config.supervisor.throwaway import throwaway_folder
from tests.faults.valkey import KillableValkey


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """A data folder in the project, where the servers' user can enter even if the tests run as root."""
    with throwaway_folder(env.data_dir) as folder:
        yield folder


@pytest.fixture
def valkey(folder: Path) -> Iterator[KillableValkey]:
    """A running Valkey of the test's own."""
    server = KillableValkey(folder)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def cache_at(settings: Settings) -> Iterator[object]:
    """A function that moves every cache alias to another address."""

    def move(url: str) -> None:
        settings.CACHES = {name: {**alias, "LOCATION": url} for name, alias in settings.CACHES.items()}
        cache.breaker.reset()

    yield move
    cache.breaker.reset()


@pytest.fixture
def broker_at() -> Iterator[object]:
    """A function that moves Celery's broker to another address."""
    before = app.conf.broker_url

    def move(url: str) -> None:
        pools.reset()
        app._pool = app.amqp._producer_pool = None
        app.conf.broker_url = app.conf.broker_read_url = app.conf.broker_write_url = url
        tasks.breaker.reset()
        tasks.undelivered.clear()

    yield move
    move(before)
