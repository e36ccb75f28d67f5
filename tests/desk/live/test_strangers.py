"""Who may listen, from where, and how much."""

import socket
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client

from clinic.accounts.enums import Role
from clinic.accounts.models import User
from tests.accounts.cast import person, somebody_without_role
from tests.desk.conftest import signed_in
from tests.desk.live.conftest import Open, cookie_of
from tests.desk.live.page import LivePage, Refused
from tests.desk.live.server import listening

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def impatient(django_db_setup: None) -> Iterator[int]:
    with listening(application="tests.desk.live.impatient:application") as port:
        yield port


def refused(port: int, **options: str) -> int:
    with pytest.raises(Refused) as refusal:
        LivePage(port, **{"cookie": "", **options})
    return refusal.value.status


@pytest.mark.parametrize(
    "cookie", ["", "a=b", "sessionid=", "sessionid=0123456789abcdefghijklmnopqrstuv", "sessionid=\xff"]
)
def test_a_stranger_is_refused(port: int, transactional_db: None, cookie: str) -> None:
    assert settings.SESSION_COOKIE_NAME == "sessionid"
    assert refused(port, cookie=cookie) == 403


def test_somebody_without_a_role_is_refused_like_a_stranger(port: int, transactional_db: None) -> None:
    for user in (somebody_without_role(), person("author", role=Role.AUTHOR)):
        assert refused(port, cookie=cookie_of(signed_in(user))) == 403


def test_who_has_signed_out_or_was_locked_is_refused(port: int, receptionist: User) -> None:
    client = signed_in(receptionist)
    cookie = cookie_of(client)
    with LivePage(port, cookie=cookie):
        pass
    client.post("/admin/logout/")
    assert refused(port, cookie=cookie) == 403

    cookie = cookie_of(signed_in(receptionist))
    User.objects.update(is_active=False)
    assert refused(port, cookie=cookie) == 403


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "https://evil.example",
        "https://localhost:9999",
        "http://localhost",
        "http://localhost:9998",
        "http://localhost.evil.example:9999",
        "http://evil.localhost:9999",
        "http://localhost@evil.example:9999",
        "http://evil.example@localhost:9999",
        "http://localhost:port",
        "http://127.0.0.1:9999",
    ],
)
def test_a_page_of_another_site_is_refused(port: int, receptionist: User, origin: str) -> None:
    assert refused(port, cookie=cookie_of(signed_in(receptionist)), origin=origin) == 403


def test_a_name_that_is_not_ours_is_refused(port: int, receptionist: User) -> None:
    cookie = cookie_of(signed_in(receptionist))
    assert refused(port, cookie=cookie, host="evil.example:1", origin="http://evil.example:9999") == 403


@pytest.mark.parametrize("path", ["/", "/ws/", "/ws/live", "/ws/live/x", "/ws/live/%00", "/admin/", "/ws/other/"])
def test_there_is_no_other_socket(port: int, receptionist: User, path: str) -> None:
    assert refused(port, cookie=cookie_of(signed_in(receptionist)), path=path) == 403


@pytest.mark.parametrize("path", ["/ws/live/", "/admin/", "/", "/%ff"])
def test_there_is_no_page(port: int, path: str) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as link:
        link.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        assert link.makefile("rb").readline().split()[1] == b"404"


def test_a_clinician_may_listen(opens: Open) -> None:
    assert opens(person("omar", role=Role.CLINICIAN)).hear()["changes"]


def test_who_opens_too_many_pages_loses_the_oldest(opens: Open, receptionist: User) -> None:
    pages = [opens(receptionist).settle() for _page in range(11)]
    assert pages[0].code_of_end() == 4429
    with pytest.raises(TimeoutError):
        pages[1].hear(within=0.2)


def test_a_page_that_talks_is_shown_out(opens: Open, receptionist: User) -> None:
    page = opens(receptionist).settle()
    page.say("hello")
    assert page.code_of_end() == 1008


def test_a_silent_page_is_told_that_all_is_well(opens: Open, impatient: int, receptionist: User) -> None:
    page = opens(receptionist, port=impatient).settle()
    assert [page.hear() for _beat in range(3)][-1] == {"hears": True, "changes": []}


def test_a_page_goes_deaf_when_its_person_signs_out_or_loses_the_role(impatient: int, receptionist: User) -> None:
    def leaves(client: Client) -> None:
        client.post("/admin/logout/")

    def loses_role(client: Client) -> None:
        receptionist.groups.clear()

    for happens in (leaves, loses_role):
        client = signed_in(receptionist)
        with LivePage(impatient, cookie=cookie_of(client)) as page:
            page.settle()
            happens(client)
            assert page.code_of_end() == 4401
