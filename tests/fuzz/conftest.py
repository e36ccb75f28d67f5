from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings

from clinic.lib import clock, patience
from tests.fuzz.town import NOW, Town, open_town


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--deep", type=int, default=0, metavar="N", help="fuzz each address and form with N examples")


@pytest.fixture(scope="session")
def deep(request: pytest.FixtureRequest) -> int:
    """How many examples a person asked for; 0 for a run that is the same each time."""
    return int(request.config.getoption("--deep", 0))


@pytest.fixture(scope="session")
def examples(deep: int) -> Any:
    """The settings of `count` examples, or of as many as a person asked for."""

    def made(count: int) -> settings:
        return settings(
            max_examples=deep or count,
            derandomize=not deep,
            database=None,
            deadline=None,
            phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if deep else [])],
            suppress_health_check=list(HealthCheck),
        )

    return made


@pytest.fixture(scope="package")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    """One clinic for all, as each knock is taken back."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(clock, "now", lambda: NOW)
        patch.setattr(patience, "PATIENCE", 60)  # a busy machine is not what is asked about here
        yield open_town()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What the cache keeps of a knock is not taken back with it."""
    yield
    cache.clear()
