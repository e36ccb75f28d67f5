"""What every test stands on: the servers of `./run test`, shared by the parallel processes without touching."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation


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


@pytest.fixture(autouse=True)
def in_the_first_language() -> Iterator[None]:
    """A page that an earlier test has asked for in Arabic leaves its language behind in this thread."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
