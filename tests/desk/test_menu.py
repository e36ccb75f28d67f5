"""What stands in the menu of each role: its own work and nothing else."""

import html
import re

import pytest
from django.test import Client
from django.utils import translation

from clinic.accounts.enums import Role
from tests.accounts.cast import person, somebody_without_role
from tests.desk.conftest import signed_in

pytestmark = pytest.mark.django_db

WRITERS = {"reports", "images", "documents"}
MENUS = {
    Role.ADMINISTRATOR: {"appointments", "patients", "clinic", "audit", *WRITERS},
    Role.CLINICIAN: {"appointments", "patients"},
    Role.NURSE: {"appointments", "patients"},
    Role.RECEPTIONIST: {"appointments", "patients"},
    Role.HEAD_OF_RECEPTION: {"appointments", "patients"},
    Role.AUTHOR: WRITERS,
    Role.EDITOR: WRITERS,
    Role.PUBLISHER: WRITERS,
    Role.ARABIC_PUBLISHER: {"images", "documents"},  # pages too, once there is a tree in Arabic
    Role.AUDITOR: {"audit"},
}


def addresses(client: Client) -> set[str]:
    """The areas that the menu of /admin/ leads to, whatever their labels say."""
    page = html.unescape(client.get("/admin/").content.decode())
    areas = {"appointments": "appointments", "patients": "patients", "practitioner": "clinic", "audit": "audit"}
    areas |= {"images": "images", "documents": "documents", "reports": "reports", "localize": "reports"}
    return {areas[part] for part in re.findall(r'"url": "/admin/([\w-]+)/', page) if part in areas}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_role_has_its_own_menu_in_either_language(role: Role, language: str) -> None:
    client = signed_in(person("somebody", role=role))
    with translation.override(language):
        assert addresses(client) == MENUS[role]


def test_nobody_without_a_role_has_anything_in_the_menu() -> None:
    assert addresses(signed_in(somebody_without_role())) == set()
