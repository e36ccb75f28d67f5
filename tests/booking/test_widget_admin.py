"""Administrators say which sites may show the booking; nobody else does."""

import pytest
from django.test import Client
from wagtail.models import Site

from clinic.accounts.enums import Role
from clinic.booking.models import WidgetHost
from tests.accounts.cast import person

pytestmark = pytest.mark.django_db


def address() -> str:
    return f"/admin/settings/booking/bookingwidget/{Site.objects.get(is_default_site=True).pk}/"


def written(*origins: str) -> dict[str, str]:
    """The form of the setting with these sites."""
    form = {"hosts-TOTAL_FORMS": str(len(origins)), "hosts-INITIAL_FORMS": "0"}
    form |= {"hosts-MIN_NUM_FORMS": "0", "hosts-MAX_NUM_FORMS": "1000"}
    for number, origin in enumerate(origins):
        form |= {f"hosts-{number}-origin": origin, f"hosts-{number}-id": "", f"hosts-{number}-DELETE": ""}
    return form


def signed_in(client: Client, role: Role) -> Client:
    client.force_login(person("somebody", role=role))
    return client


def test_an_administrator_allows_a_site(client: Client) -> None:
    answer = signed_in(client, Role.ADMINISTRATOR).post(address(), written("https://Partner.example/"))

    assert answer.status_code == 302
    assert [host.origin for host in WidgetHost.objects.all()] == ["https://partner.example"]


def test_what_is_no_encrypted_site_comes_back_with_its_fault(client: Client) -> None:
    answer = signed_in(client, Role.ADMINISTRATOR).post(address(), written("http://partner.example"))

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "The site must be encrypted" in text
    assert "http://partner.example" in text
    assert not WidgetHost.objects.exists()


def test_the_same_site_twice_is_explained(client: Client) -> None:
    twice = written("https://partner.example", "https://partner.example")

    answer = signed_in(client, Role.ADMINISTRATOR).post(address(), twice)

    assert answer.status_code == 200
    assert not WidgetHost.objects.exists()


@pytest.mark.parametrize("role", [Role.PUBLISHER, Role.EDITOR, Role.RECEPTIONIST, Role.AUDITOR])
def test_nobody_else_changes_who_may_show_the_booking(client: Client, role: Role) -> None:
    answer = signed_in(client, role).post(address(), written("https://partner.example"))

    assert answer.status_code in (302, 403, 404)
    assert not WidgetHost.objects.exists()
