from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from clinic.accounts.enums import Role
from config import storage
from tests.accounts.cast import person
from tests.home.website import Website, open_website
from tests.media.store import client, good_store, storages

UseStore = Callable[[str], None]


@pytest.fixture(scope="session")
def store_address() -> Iterator[str]:
    with good_store() as address:
        yield address


@pytest.fixture
def use_store(settings: LazySettings) -> Iterator[UseStore]:
    """Keeps media in the store at an address, as the environment would say."""

    def use(address: str) -> None:
        storage.breaker.reset()
        settings.STORAGES = storages(address)
        settings.WAGTAILDOCS_SERVE_METHOD = "redirect"

    yield use
    storage.breaker.reset()


@pytest.fixture
def bucket(use_store: UseStore, store_address: str) -> Any:
    """The bucket that media are kept in, as boto3 sees it."""
    use_store(store_address)
    return client(store_address)


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(person("layla", role=Role.EDITOR))
    return client


@pytest.fixture
def website(db: None) -> Website:
    return open_website()
