"""A clinic whose changes are heard by open pages."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from clinic.accounts.models import User
from tests.desk.conftest import signed_in
from tests.desk.live.page import LivePage
from tests.desk.live.server import listening

Open = Callable[..., LivePage]


@pytest.fixture(scope="module")
def port(django_db_setup: None) -> Iterator[int]:
    with listening() as port:
        yield port


def cookie_of(client: Client) -> str:
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@pytest.fixture
def opens(port: int, transactional_db: None) -> Iterator[Open]:
    """A function that opens a page of `user`, closed after the test."""
    with ExitStack() as stack:

        def open_page(user: User, **options: Any) -> LivePage:
            page = LivePage(options.pop("port", port), cookie=cookie_of(signed_in(user)), **options)
            return stack.enter_context(page)

        yield open_page
