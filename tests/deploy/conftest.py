"""nginx before the real web server. Without nginx the tests are skipped by name; with CI=true that is a failure."""

import os
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from redis import Redis

from home.models import SiteIdentity
from tests.concurrency.server import serving
from tests.deploy.nginx import clinic_behind_nginx, lacking
from tests.home.website import Website, open_website


class Visitor:
    """Asks nginx by the clinic's name, and tells where the answer came from."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(base_url=address, headers={"Host": "localhost", "Accept-Encoding": "br"})

    def get(self, path: str, *, method: str = "GET", **headers: str) -> httpx.Response:
        return self.client.request(method, path, headers={name.replace("_", "-"): at for name, at in headers.items()})


@pytest.fixture(scope="module")
def django(django_db_setup: None) -> Iterator[str]:
    """The web server, for all tests of a module: each of them opens a new website in its database."""
    if reason := lacking():
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def nginx_address(django: str) -> Iterator[str]:
    with clinic_behind_nginx(django) as address:
        yield address


@pytest.fixture
def website(django: str, transactional_db: None, settings: Any) -> Website:
    with Redis.from_url(settings.CELERY_BROKER_URL) as memory:
        memory.flushdb()
    website = open_website()
    website.show()
    SiteIdentity.for_site(website.site)
    return website


@pytest.fixture
def visitor(website: Website, nginx_address: str) -> Visitor:
    return Visitor(nginx_address)
