"""The starter clinic, loaded once for all tests of this folder and taken back at the end."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings
from wagtail.models import Site

from clinic.accounts.roles import sync_roles
from home.starter.parts import load_parts
from home.starter.people import Moment

# A Saturday at ten in the morning in Amman: some work, some of the day is over.
MOMENT = Moment(now=datetime(2026, 11, 21, 8, 0, tzinfo=UTC), today=date(2026, 11, 21), seed=7)


@pytest.hookimpl(tryfirst=True)  # before the one of xdist that reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process of a parallel run loads it for all."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group("seed"))


@pytest.fixture(scope="package")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker, data_folder: Path) -> Iterator[dict[str, int]]:
    """How many things each part has created, by its name."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DATA_DIR=data_folder):
        sync_roles()
        yield {each.part.name: each.created for each in load_parts(MOMENT, demo=True)}
        transaction.set_rollback(True)


@pytest.fixture
def clinic(loaded: dict[str, int], db: None, settings: Settings, data_folder: Path) -> dict[str, int]:
    """The loaded clinic; what a test changes is taken back after it."""
    settings.DATA_DIR = data_folder
    Site.clear_site_root_paths_cache()  # a test that was taken back may have left its own
    return loaded
