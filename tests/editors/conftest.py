"""The editorial cast before a small website: who writes, who publishes, and who publishes Arabic only."""

from collections.abc import Callable

import pytest
from django.test import Client

from clinic.accounts.enums import Role
from clinic.accounts.roles import sync_roles
from home.editors.approval import keep_workflow
from tests.accounts.cast import person
from tests.home.website import Website, open_website

Cast = Callable[[Role], Client]


@pytest.fixture
def website(db: None) -> Website:
    website = open_website()
    sync_roles()
    keep_workflow()
    return website


@pytest.fixture
def signed_in(website: Website) -> Cast:
    """A person of this role before the back office, in English."""

    def sign_in(role: Role) -> Client:
        client = Client()
        client.force_login(person(role.value.replace("_", "-"), role=role))
        return client

    return sign_in
