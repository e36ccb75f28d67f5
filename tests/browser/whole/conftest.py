"""One site for the whole folder: its tests run one after another, in one process of a parallel run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.env import ROOT, env
from config.supervisor.throwaway import throwaway_folder
from tests.browser.whole.clinic import StarterClinic
from tests.faults.site import SupervisedSite, copy_first_day, run_command

DOCUMENTS = ROOT / "docs" / "img"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--keep-screens", action="store_true", help="write the pictures of the documents into docs/img")


@pytest.hookimpl(tryfirst=True)  # before the one of xdist that reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.xdist_group("whole"))


@pytest.fixture(scope="session")
def clinic() -> Iterator[StarterClinic]:
    """The starter clinic on its first day."""
    with throwaway_folder(env.data_dir) as folder:
        copy_first_day(folder / "clinic")
        site = SupervisedSite(folder / "clinic")
        try:
            site.start()
            yield StarterClinic(site)
        finally:
            site.stop()


@pytest.fixture(scope="session")
def prepared(clinic: StarterClinic) -> None:
    """Every picture in the files that visitors get: what the worker has not made yet is made here."""
    answer = run_command("manage", "pictures", "prepare", data_dir=clinic.site.data_dir)
    assert answer.returncode == 0, answer.stderr


@pytest.fixture
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where the pictures of the documents go."""
    return DOCUMENTS if request.config.getoption("--keep-screens", default=False) else tmp_path
