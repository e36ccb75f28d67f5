"""What every test stands on: the servers of `./run test`, shared by the parallel processes without touching."""

import re
from collections.abc import Iterator

import pytest
from django.conf import LazySettings, settings
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests.emptying import remember_tables, restore_tables


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Give each process of a parallel run a numbered database of Valkey, as pytest-django does for PostgreSQL.

    A single process keeps the database that its address names: several people may test on one server.
    """
    worker = getattr(config, "workerinput", {}).get("workerid")
    if worker is None and re.search(r"/\d+$", settings.CELERY_BROKER_URL):
        return
    number = 1 + int((worker or "gw0").removeprefix("gw")) % 60
    address = re.sub(r"/\d*$", f"/{number}", settings.CELERY_BROKER_URL)
    settings.CELERY_BROKER_URL = address
    for alias in settings.CACHES.values():
        alias["LOCATION"] = address


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """What a test that commits has changed is put back as it was now."""
    with django_db_blocker.unblock():
        remember_tables()
    TransactionTestCase._fixture_teardown = restore_tables  # type: ignore[attr-defined]


@pytest.fixture
def tasks_at_once(settings: LazySettings) -> None:
    """What a save leaves to a worker (the indexes of words and of links, files that nobody needs) is done within it."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture(autouse=True)
def in_the_first_language() -> Iterator[None]:
    """A page that an earlier test has asked for in Arabic leaves its language behind in this thread."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
