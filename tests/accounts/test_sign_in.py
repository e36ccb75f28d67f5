from typing import Any
from unittest import mock

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from clinic.accounts.actions import end_sessions
from clinic.accounts.enums import Role
from clinic.audit.models import AuditEvent
from tests.accounts.cast import PASSWORD, person, somebody_without_role

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"


def sign_in(client: Client, username: str, password: str = PASSWORD, *, language: str = "en") -> Any:
    typed = {"username": username, "password": password, "next": "/admin/"}
    return client.post(LOGIN, typed, headers={"Accept-Language": language})


def test_a_receptionist_signs_in(client: Client) -> None:
    person("layla", role=Role.RECEPTIONIST)
    assert sign_in(client, "layla")["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_form_speaks_the_language_of_the_browser(client: Client) -> None:
    page = client.get(LOGIN, headers={"Accept-Language": "ar"}).text
    assert "Password" in client.get(LOGIN, headers={"Accept-Language": "en"}).text
    assert "Password" not in page


def test_somebody_without_a_role_signs_in_to_nothing(client: Client) -> None:
    person("stranger")
    sign_in(client, "stranger")
    answer = client.get("/admin/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(LOGIN)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_seven_wrong_passwords_lock_the_account_from_that_address(client: Client, language: str) -> None:
    person("layla", role=Role.RECEPTIONIST)
    answers = [sign_in(client, "layla", "wrong", language=language) for _try in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 6 + [429]
    right = sign_in(client, "layla", language=language)
    assert right.status_code == 429
    with translation.override(language):
        words = gettext("Too many wrong passwords for this account from this place. Wait 15 minutes, then try again.")
    assert words in right.content.decode()
    assert client.get("/admin/").status_code == 302


def test_behind_a_proxy_a_lock_shuts_out_one_address_and_not_everybody(client: Client, settings: LazySettings) -> None:
    settings.TRUSTED_PROXIES = 1
    person("layla", role=Role.RECEPTIONIST)
    attacker = Client(headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.66"})
    for _try in range(7):
        sign_in(attacker, "layla", "wrong")
    assert sign_in(Client(headers={"X-Forwarded-For": "192.0.2.1, 203.0.113.66"}), "layla").status_code == 429
    assert sign_in(Client(headers={"X-Forwarded-For": "203.0.113.5"}), "layla").status_code == 302


def test_a_locked_account_still_signs_in_from_another_address(client: Client) -> None:
    person("layla", role=Role.RECEPTIONIST)
    for _try in range(7):
        sign_in(client, "layla", "wrong")
    assert sign_in(Client(REMOTE_ADDR="192.0.2.9"), "layla").status_code == 302


def test_signing_out_everywhere_ends_each_session_at_once(client: Client) -> None:
    user = person("layla", role=Role.RECEPTIONIST)
    other = Client()
    sign_in(client, "layla")
    sign_in(other, "layla")
    end_sessions(user=user, by=user)
    assert client.get("/admin/").status_code == other.get("/admin/").status_code == 302
    assert AuditEvent.objects.get(verb="user.signed_out").subject == str(user.pk)


def test_an_administrator_signs_somebody_out_everywhere(client: Client) -> None:
    user = person("layla", role=Role.RECEPTIONIST)
    client.force_login(person("admin", role=Role.ADMINISTRATOR))
    assert client.get(f"/admin/users/{user.pk}/sign-out/").status_code == 200
    assert client.post(f"/admin/users/{user.pk}/sign-out/").status_code == 302
    user.refresh_from_db()
    assert user.session_epoch == 1


def test_an_administrator_does_not_sign_out_whoever_stands_above(client: Client) -> None:
    owner = person("owner", is_superuser=True)
    client.force_login(person("admin", role=Role.ADMINISTRATOR))
    client.post(f"/admin/users/{owner.pk}/sign-out/")
    owner.refresh_from_db()
    assert owner.session_epoch == 0


def test_a_receptionist_signs_nobody_else_out(client: Client) -> None:
    user = person("omar", role=Role.NURSE)
    client.force_login(person("layla", role=Role.RECEPTIONIST))
    client.post(f"/admin/users/{user.pk}/sign-out/")
    user.refresh_from_db()
    assert user.session_epoch == 0


def test_signing_out_is_undone_when_its_event_cannot_be_written() -> None:
    user = person("layla")
    fault = RuntimeError("no room for events")
    with mock.patch("clinic.accounts.actions.record_event", side_effect=fault), pytest.raises(RuntimeError):
        end_sessions(user=user, by=None)
    user.refresh_from_db()
    assert user.session_epoch == 0


def test_an_account_without_role_but_with_access_sees_the_empty_office(client: Client) -> None:
    client.force_login(somebody_without_role())
    assert client.get("/admin/").status_code == 200
