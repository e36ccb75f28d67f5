import pytest

from tests.home.website import Website, open_website


@pytest.fixture
def website(db: None) -> Website:
    return open_website()
